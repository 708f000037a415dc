import type { Span } from './span.ts';

const HEADER = /-{3,5}\s?BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?\s?-{3,5}|PuTTY-User-Key-File-\d: /g;
const LONGEST = 20_000;
/** One line of a key's body, also with `\n` spelled out as JSON does. */
const BODY = /(?:[A-Za-z0-9+/=,:.()-]|\\[nrt]|\s(?!\s{0,4}[A-Z]?[a-z]{1,15}\s)){0,20000}/y;

/** Armoured private keys of every kind, whole: header, body and footer; without a footer, as far as the body goes. */
export function findPrivateKeys(text: string): readonly Span[] {
  const spans: Span[] = [];
  HEADER.lastIndex = 0;
  for (let header = HEADER.exec(text); header !== null; header = HEADER.exec(text)) {
    const start = header.index;
    const body = start + header[0].length;
    const footer = text
      .slice(body, body + LONGEST)
      .search(/END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?\s?-{3,5}|Private-MAC: [0-9a-f]{1,80}/);
    let end: number;
    if (footer >= 0) {
      const close = /(?:END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?\s?-{3,5}|Private-MAC: [0-9a-f]{1,80})/y;
      close.lastIndex = body + footer;
      close.exec(text);
      end = close.lastIndex;
    } else {
      BODY.lastIndex = body;
      BODY.exec(text);
      end = Math.max(body, BODY.lastIndex);
    }
    spans.push({ start, end, kind: 'private key' });
    HEADER.lastIndex = end;
  }
  return spans;
}
