import { dayOf, type Entry, headingOf } from './entry.ts';
import { outline } from './markdown-lines.ts';
import { entriesOf, type KnowledgeFile, readFile, textOf } from './read-file.ts';

/** An entry as text, ending with a line end; whatever its body says, it is read back as one entry. */
export function formatEntry(entry: Entry): string {
  const tags = entry.tags.map((tag) => oneLine(tag).replaceAll(',', ' ')).filter((tag) => tag !== '');
  return formatBlock(
    entry,
    [
      `type: ${entry.type}`,
      `tags: ${tags.join(', ')}`,
      ...(entry.status === undefined ? [] : [`status: ${oneLine(entry.status)}`]),
      `used: ${entry.used}`,
      `last_used: ${entry.lastUsed ?? dayOf(entry.at)}`,
      `pinned: ${entry.pinned}`,
      'schema_version: 1',
    ],
    entry.body,
  );
}

/** A heading, lines of metadata and a body, as one entry. */
export function formatBlock(
  { at, key }: Pick<Entry, 'at' | 'key'>,
  fields: readonly string[],
  body: string,
): string {
  return [
    headingOf({ at, key: oneLine(key) || 'without a key' }),
    '',
    ...fields.map((field) => `- ${field}`),
    '',
    contained(body),
    '',
  ].join('\n');
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
}

/** A body that neither begins an entry of its own nor leaves a comment or a block of code open for the next one. */
export function contained(body: string): string {
  return closed(
    body
      .replace(/\r\n?/g, '\n')
      // The first line may be indented: then it is code.
      .replace(/^(?:[^\S\n]*\n)+/, '')
      .trimEnd()
      .replace(/^## M-/gm, ' ## M-'),
  );
}

/** The text with an end to every comment and block of code that it leaves open. */
export function closed(said: string): string {
  let text = said;
  for (;;) {
    const { fence, unclosed } = outline(text.split('\n'));
    const closer = fence ?? (unclosed.length > 0 ? '-->' : undefined);
    if (closer === undefined) return text;
    text += `\n${closer}`;
  }
}

/** The file with an entry more at its end; everything before it stays as it is. */
export function withEntry(file: KnowledgeFile, entry: Entry): KnowledgeFile {
  return withRaw(file, formatEntry(entry));
}

/** The same with an entry's text as it stands somewhere else. */
export function withRaw(file: KnowledgeFile, raw: string): KnowledgeFile {
  const text = textOf(file);
  const added = readFile(file.kind, `${text}${gapAfter(text)}${raw}`);
  const wanted = entriesOf(file).length + entriesOf(readFile(file.kind, raw)).length;
  if (entriesOf(added).length === wanted) return added;
  // Somebody's comment that never ended would end in what was added: that goes before the piece it stands in.
  const open = outline(text.match(/[^\n]*\n|[^\n]+$/g) ?? []).unclosed[0] ?? 0;
  let before = '';
  for (const piece of file.pieces) {
    if ((before + piece.raw).split('\n').length - 1 > open) break;
    before += piece.raw;
  }
  return readFile(file.kind, `${before}${gapAfter(before)}${raw}\n${text.slice(before.length)}`);
}

function gapAfter(text: string): string {
  if (text === '' || /\n[ \t]*\r?\n$/.test(text)) return '';
  return text.endsWith('\n') ? '\n' : '\n\n';
}

/** Metadata that Steady keeps up to date. */
export type Meta = Partial<Pick<Entry, 'type' | 'tags' | 'used' | 'lastUsed' | 'pinned' | 'status'>>;

const FIELD_OF: Readonly<Record<keyof Meta, string>> = {
  type: 'type',
  tags: 'tags',
  used: 'used',
  lastUsed: 'last_used',
  pinned: 'pinned',
  status: 'status',
};

/** An entry's text with some metadata changed: only those lines differ, a missing one is added after the others. */
export function withMeta(raw: string, meta: Meta): string {
  let text = raw;
  for (const [name, value] of Object.entries(meta) as [keyof Meta, Meta[keyof Meta]][])
    if (value !== undefined)
      text = withField(text, FIELD_OF[name], Array.isArray(value) ? value.join(', ') : String(value));
  return text;
}

/** An entry's text without the metadata that Steady keeps up to date. */
export function besidesMeta(raw: string): string {
  const names = new Set(Object.values(FIELD_OF));
  const lines = raw.split('\n');
  const body = lines.findIndex(
    (line, index) => index > 0 && line.trim() !== '' && !/^- [a-z_]{1,40}:/.test(line),
  );
  return lines
    .filter(
      (line, index) => (body >= 0 && index >= body) || !names.has(/^- ([a-z_]{1,40}):/.exec(line)?.[1] ?? ''),
    )
    .join('\n')
    .trimEnd();
}

function withField(raw: string, name: string, value: string): string {
  const lines = raw.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  let last = 0;
  for (let index = 1; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const found = /^- ([a-z_]{1,40}):/.exec(line)?.[1];
    if (found === name) {
      lines[index] = `- ${name}: ${value}${/\r?\n$/.exec(line)?.[0] ?? ''}`;
      return lines.join('');
    }
    if (found !== undefined) last = index;
    else if (line.trim() !== '' || last > 0) break;
  }
  const end = /\r?\n$/.exec(lines[0] ?? '')?.[0] ?? '\n';
  const before = lines.slice(0, last + 1).join('');
  const added = `${before.endsWith('\n') ? '' : end}${last === 0 ? end : ''}- ${name}: ${value}${end}`;
  return before + added + lines.slice(last + 1).join('');
}
