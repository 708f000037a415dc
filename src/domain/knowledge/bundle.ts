/** Files of a knowledge base as one text, so that one upload holds them all; `unbundle` gives them back byte for byte. */
export function bundle(files: ReadonlyMap<string, string>): string {
  const texts = [...files.values()];
  let mark = 1;
  while (texts.some((text) => text.includes(`<!-- ${mark}: `))) mark++;
  return [
    `<!-- Knowledge from Steady, ${files.size} files: each stands below its name, marked ${mark} -->\n`,
    ...[...files].map(([path, text]) => `<!-- ${mark}: ${path} -->\n${text}\n`),
  ].join('');
}

const HEAD =
  /^<!-- Knowledge from Steady, \d{1,4} files: each stands below its name, marked (\d{1,9}) -->\r?\n/;

/** The files again, by path; undefined for any other text. */
export function unbundle(text: string): ReadonlyMap<string, string> | undefined {
  const [head = '', mark] = HEAD.exec(text) ?? [];
  if (mark === undefined) return undefined;
  const files = new Map<string, string>();
  const [, ...parts] = `\n${text.slice(head.length)}`.split(`\n<!-- ${mark}: `);
  for (const [index, part] of parts.entries()) {
    const end = part.indexOf(' -->\n');
    if (end < 0) continue;
    const below = part.slice(end + 5);
    files.set(part.slice(0, end), index === parts.length - 1 ? below.replace(/\n$/, '') : below);
  }
  return files;
}
