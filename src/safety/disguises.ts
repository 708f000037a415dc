/** Shortest secret that can be looked for: shorter ones would be found everywhere. */
export const SHORTEST_SECRET = 8;

/**
 * Every spelling under which a secret is looked for, besides what a view undoes (URL, HTML and JSON escapes,
 * case, characters in between): reversed, base64 at its three alignments, base64 twice, hex, lists of byte
 * values, its own long lines and, for a token without structure, each of its halves (a cut-off log line).
 */
export function disguises(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const spellings = new Set<string>([secret, reversed(secret), bytes.toString('latin1')]);
  for (const core of base64Cores(bytes)) {
    spellings.add(core);
    for (const twice of base64Cores(Buffer.from(core, 'latin1'))) spellings.add(twice);
    spellings.add(core.replaceAll('+', '-').replaceAll('/', '_'));
  }
  spellings.add(bytes.toString('hex'));
  spellings.add([...bytes].map((byte) => `0x${byte.toString(16).padStart(2, '0')}`).join(','));
  spellings.add([...bytes].join(','));
  // A form's blanks; its other escapes are undone by the view.
  spellings.add(secret.replaceAll(' ', '+'));
  for (const line of secret.split(/[\r\n]+/))
    if (line.length >= 32 && !line.startsWith('-----')) spellings.add(line);
  if (/^[\w+=-]{24,}$/.test(secret)) {
    const middle = Math.floor(secret.length / 2);
    spellings.add(secret.slice(0, middle));
    spellings.add(secret.slice(middle));
  }
  return [...spellings];
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}

/** The characters of base64 that depend on the secret alone, whatever stands before and after it. */
function base64Cores(bytes: Buffer): readonly string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const first = Math.ceil((before * 8) / 6);
    const last = Math.floor(((before + bytes.length) * 8) / 6);
    return text.slice(first, last);
  });
}
