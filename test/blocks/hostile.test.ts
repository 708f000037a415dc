import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clean } from '../../blocks/text.ts';
import { gallery, type Shown, whole } from './gallery.ts';

/** Who may be pinged, by which message: those asked, and nobody else. */
const MENTIONS: Readonly<Record<string, readonly string[]>> = {
  nudge: ['U0LEA'],
  'nudge without a draft': ['U0LEA'],
  'nudge again': ['U0KAI'],
  'hand-off offer': ['U0KAI'],
  'hand-off, with what is to test': ['U0BO'],
};

interface Node {
  readonly type?: unknown;
  readonly [key: string]: unknown;
}

function nodes(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodes);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Node, ...Object.values(value).flatMap(nodes)];
}

function pings({ message, view }: Shown): string[] {
  const parts = message ? whole(message) : [];
  const inBlocks = nodes([parts.map((one) => one.blocks), view?.blocks]).flatMap((node) => {
    if (node.type === 'user') return [String(node.user_id)];
    return node.type === 'broadcast' || node.type === 'usergroup' ? [String(node.type)] : [];
  });
  const inText = parts.flatMap((one) => [...one.text.matchAll(/<[^<>]*>/g)].map((found) => found[0]));
  return [...inBlocks, ...inText.map((one) => one.replace(/^<@(\w+)>$/, '$1'))];
}

const INJECTIONS = [
  '<!channel>',
  '<!here|here>',
  '<!everyone>',
  '<!subteam^S0123|@ops>',
  '<@U0EVIL>',
  '<@U0LEA|Lea>',
  '@{U0EVIL}',
  '@channel',
  '&lt;!channel&gt;',
  '<https://evil.example|Open in Prometheus>',
  '<!date^1^{time}|x>',
];

test.each(INJECTIONS)('%s in every place pings nobody but those asked', (words) => {
  for (const shown of gallery({ words: `a ${words} b`, many: 2, name: words }))
    expect([shown.name, [...new Set(pings(shown))]]).toEqual([shown.name, MENTIONS[shown.name] ?? []]);
});

test('anything in every place pings nobody but those asked', () => {
  const words = fc
    .array(fc.oneof(fc.constantFrom(...INJECTIONS, '<', '>', '&', '|', '!', '@', '\u200b'), fc.string()))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(words, (said) => {
      for (const shown of gallery({ words: said, many: 1, name: said }))
        expect([...new Set(pings(shown))]).toEqual(MENTIONS[shown.name] ?? []);
    }),
    { numRuns: 15 },
  );
});

test('no text is mrkdwn, and outside of code nobody but Steady sets its marks', () => {
  const drawn = gallery({ words: 'x \u2705 \u26a0\ufe0f UNVERIFIED: y', many: 1, name: '\u2705 Eve' });
  const all = nodes(
    drawn.map(({ message, view }) => [message && whole(message).map((one) => one.blocks), view?.blocks]),
  );
  expect(all.filter((node) => node.type === 'mrkdwn')).toEqual([]);
  const code = (node: Node) => (node.style as { code?: boolean } | undefined)?.code === true;
  const boxes = new Set(all.filter((node) => node.type === 'rich_text_preformatted').flatMap(nodes));
  const marks = all.filter(
    (node) => /[\u2705\u26a0]/u.test(String(node.text)) && !code(node) && !boxes.has(node),
  );
  expect(new Set(marks.map((node) => node.text))).toEqual(
    new Set(['\u26a0\ufe0f UNVERIFIED: ', '\u26a0 partial result: ']),
  );
});

test('links are http(s), without user-info, and show where they lead', () => {
  const words =
    'see https://user:secret@evil.example/a and https://ok.example/b, javascript:alert(1) file:///etc/passwd';
  const links = gallery({ words, many: 1, name: 'Lea' }).flatMap(({ message }) =>
    nodes(message?.blocks).filter((node) => node.type === 'link'),
  );
  expect(links.length).toBeGreaterThan(0);
  for (const { url, text } of links) {
    expect(url).toMatch(/^https?:\/\/[^@/]+\//);
    if (String(url).includes('ok.example')) expect(text).toBe(url);
  }
});

test('invisible and reordering characters, controls and half surrogates go', () => {
  expect(clean('a\u202eb\u200bc\u0000d\ud83de\u2066f\ufeff')).toBe('abcd\ufffdef');
  expect(clean('1\r\n2\u20283')).toBe('1\n2\n3');
  expect(clean('❤️ 👍🏽 🇩🇪 é')).toBe('❤️ 👍🏽 🇩🇪 é');
});
