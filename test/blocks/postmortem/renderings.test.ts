import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { canvasMarkdown, canvasSections } from '../../../blocks/postmortem/canvas.ts';
import type { Document } from '../../../blocks/postmortem/document.ts';
import { htmlPage, PAGE_POLICY } from '../../../blocks/postmortem/html-page.ts';
import { inertMarkdown } from '../../../blocks/postmortem/inert.ts';
import { postmortemRecord } from '../../../blocks/postmortem/machine.ts';
import { markdownFile, markdownOf } from '../../../blocks/postmortem/markdown.ts';
import { postmortemOf } from '../../../src/domain/postmortem/postmortem-of.ts';
import { sectionsOf } from '../../../src/domain/postmortem/read-back.ts';
import { blameIn } from '../../../src/domain/postmortem/wording.ts';
import { DAY } from '../../../src/domain/time.ts';
import { at, BO, KAI, LEA, recordAnswer, story } from '../sample.ts';
import { documentOf, finished, SLO, writingOf } from '../sample-postmortem.ts';

const TITLES = [
  'Summary',
  'Impact',
  'Root cause',
  'Contributing factors',
  'Detection',
  'Timeline',
  'What was ruled out',
  'Key queries',
  'What went well',
  'What did not go well',
  'Measured',
  'Action items',
  'What would have made this trivial to debug?',
  'Which observability is missing?',
  'Unverified claims',
  'Overrides',
  'Communication',
  'Fix reports',
];

const document = documentOf(finished());
const section = (title: string, from: Document = document) => {
  const found = from.sections.find((one) => one.title === title);
  if (!found) throw new Error(`no ${title}`);
  return markdownOf(found);
};

describe('the document', () => {
  it('has every section, in order', () => {
    expect(document.title).toBe('INC-42 postmortem: Checkout returns 500s');
    expect(document.about).toBe('P2 · resolved · 2026-11-23 · times are UTC');
    expect(document.sections.map((one) => one.title)).toEqual(TITLES);
  });

  it('says the numbers first', () => {
    expect(section('Impact')).toContain('- **52 min** from the beginning of the impact to its end');
    expect(section('Impact')).toContain(
      'took **about 11 min**, 27.7 % of it (23 % failing all of the time: ',
    );
    expect(section('Root cause')).toMatch(/^payments limits our calls \(\[E3\]\(<https:/);
    expect(section('Detection')).toBe(
      'By [an alert](<https://acme.slack.com/archives/C0/p1>) at 14:03; Lea declared it at 14:07, 4 min after the alert, 9 min after the impact began.',
    );
    expect(section('What would have made this trivial to debug?')).toBe(
      '- A panel of 429s by upstream\n- An alert on retries\n\nFrom Bo.',
    );
  });

  it('links every row of the timeline to its message or query', () => {
    const rows = section('Timeline').split('\n').slice(2);
    expect(rows.length).toBeGreaterThan(15);
    for (const row of rows) expect(row).toMatch(/\| \[link\]\(<https:\/\/[^>]+>\) \|$/);
    expect(rows.find((row) => row.includes('**E1 Prometheus prod**'))).toContain('prometheus.example.com');
  });

  it('lists what is to be done, by whom, by when, and what became of it', () => {
    const acted = finished([
      [
        at('16:01'),
        KAI,
        { type: 'add-action', text: 'limit retries to 2', owner: BO, dueAt: at('16:00') + 7 * DAY },
      ],
      [at('16:02'), KAI, { type: 'add-action', text: 'alert on 429s' }],
      [at('16:03'), KAI, { type: 'close-action', action: 'A2', how: 'dropped', reason: 'the panel does' }],
    ]);
    expect(section('Action items', documentOf(acted)).split('\n').slice(2)).toEqual([
      '| A1 | limit retries to 2 | Bo | 2026-11-30 | open |',
      '| A2 | alert on 429s | nobody yet | no date | dropped 2026-11-23: the panel does |',
    ]);
  });

  it('asks of itself what it asks of others: no word of ours looks for blame', () => {
    const bare = documentOf(story([], { title: 'x', severity: 'P3', channel: 'C1', private: true }));
    for (const one of [...document.sections, ...bare.sections]) expect(blameIn(markdownOf(one))).toEqual([]);
  });

  it('says what is missing and who could say it', () => {
    const bare = documentOf(
      story([], { title: 'x', severity: 'P3', channel: 'C1', private: true }),
      at('14:30'),
      undefined,
    );
    expect(bare.about).toBe(
      'Draft · P3 · investigating · 2026-11-23 · times are UTC · private: stays in its channel',
    );
    expect(section('Impact', bare)).toContain('Whoever led it can');
    expect(section('Root cause', bare)).toContain('**Not established.** No hypothesis survived the test');
    expect(section('Summary', bare)).toContain('is still open: this is a draft');
    expect(section('What was ruled out', bare)).toContain('Nothing was ruled out by evidence');
    expect(section('Contributing factors', bare)).toContain('`postmortem factors …`');
  });

  it('marks the best unverified cause, never as the cause', () => {
    const guessed = story([
      [
        at('14:10'),
        KAI,
        { type: 'state-hypothesis', statement: 'payments limits us', disproof: '429s stay level' },
      ],
    ]);
    expect(section('Root cause', documentOf(guessed))).toContain(
      'Best that was said (H1, open): **⚠️ UNVERIFIED** payments limits us',
    );
  });

  it('reads as the timeline stands: what was taken back is gone, what was edited is edited', () => {
    const message = { channel: 'C1', ts: '1.2', permalink: 'https://acme.slack.com/archives/C1/p12' };
    const marked = {
      type: 'add-entry',
      message,
      text: 'restarted pod 3',
      author: BO,
      writtenAt: at('14:09'),
      how: 'pin',
    } as const;
    const edited = story([
      [at('14:10'), LEA, marked],
      [at('14:11'), BO, { type: 'edit-entry', message, text: 'restarted pod 4' }],
    ]);
    expect(section('Timeline', documentOf(edited))).toContain(
      '| 14:09 | Lea **marked what Bo said**: restarted pod 4 |',
    );
    const gone = story(
      [[at('14:12'), LEA, { type: 'remove-entry', message, why: 'deleted' }]],
      undefined,
      edited,
    );
    expect(section('Timeline', documentOf(gone))).not.toContain('restarted pod');
  });
});

const HOSTILE = [
  '<script>alert(1)</script> <img src=x onerror=alert(1)> ![](@U0KAI) ![x](http://evil.example/p.png)',
  '@everyone @here <!channel> <@U0KAI> #123 acme/repo#77 [x](javascript:alert(1))',
  '## Impact\n# head\n| a | b |\n```\n- item\n1. one\n&lt;b&gt; &#64;kai "quoted" \'single\' \\ back',
  '⚠️ UNVERIFIED ✅ \u202egnip\u200b http://user:pw@evil.example/x',
].join('\n');

function hostile(): Document {
  return documentOf(
    finished([
      [at('15:40'), BO, { type: 'note', text: HOSTILE }],
      [at('15:41'), BO, { type: 'title', title: HOSTILE }],
      [at('15:41'), BO, { type: 'note-postmortem', part: 'well', text: HOSTILE }],
      [at('15:42'), BO, recordAnswer({ ...answer(HOSTILE) })],
      [
        at('15:43'),
        BO,
        {
          type: 'edit-postmortem',
          seen: 1,
          sections: [{ section: 'factors', title: 'Contributing factors', text: HOSTILE, base: 'x' }],
        },
      ],
    ]),
  );
}

function answer(query: string) {
  return {
    tool: 'prometheus',
    deployment: 'prod',
    source: 'Prometheus prod',
    query,
    window: { from: 0, to: 1 },
    askedAt: at('15:42'),
    result: { kind: 'rows', columns: ['a'], rows: [[query]] },
    completeness: { kind: 'complete' },
    cost: { took: 1 },
    warnings: [],
    reproduction: { kind: 'request', method: 'POST', url: `https://p.example/${encodeURIComponent(query)}` },
    snapshot: new Uint8Array(),
  } as const;
}

/** Code on one line, however many marks it is between. */
const CODE = /(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g;

describe('hostile words', () => {
  const file = markdownFile(hostile(), 3);

  it('are inert in markdown: no HTML, no image, no ping, no issue, no address but http', () => {
    const outside = file.replace(/^(`{3,})\n[\s\S]*?\n\1$/gm, '').replace(CODE, '');
    expect(outside).not.toMatch(/(?<!\\)<(?!https?:\/\/)/);
    expect(outside).not.toMatch(/(?<!\\)!\[/);
    expect(outside).not.toMatch(/(?<![\w.+-])@[\w{-]/);
    expect(outside).not.toMatch(/#\d/);
    expect(outside).not.toMatch(/(?<!\\)\]\((?!<?https?:)/);
    expect(outside).not.toMatch(/[\u202a-\u202e\u200b]/);
  });

  it('begin no section of their own', () => {
    expect(sectionsOf(file).map((one) => one.title)).toEqual(TITLES);
  });

  it('are escaped in HTML, which runs nothing and loads nothing', () => {
    const page = htmlPage(hostile(), () => undefined);
    expect(page).toContain(`<meta http-equiv="Content-Security-Policy" content="${PAGE_POLICY}">`);
    expect(page).not.toMatch(/<(?:script|iframe|object|link|base|form)\b/i);
    expect(page.match(/<img\b[^>]*>/g)).toBeNull();
    expect(page).not.toMatch(/\son\w+=(?=["a-z])(?![^<>]*&gt;)/);
    for (const [, address] of page.matchAll(/(?:href|src)="([^"]*)"/g))
      expect(address).toMatch(/^(?:https?:\/\/|#)/);
  });

  it('mention nobody in a canvas', () => {
    const canvas = canvasMarkdown(hostile()).replace(CODE, '');
    expect(canvas).not.toMatch(/(?<!\\)!\[/);
    expect(canvas).not.toMatch(/(?<!\\)<(?!https?:)/);
    expect(canvas.length).toBeLessThan(1_000_000);
  });

  it('and many of them fit a canvas, which says where the rest is', () => {
    const many = Array.from({ length: 400 }, (_, index) => `${index} ${'数'.repeat(1_900)}`);
    const long = documentOf(
      finished([
        ...many.map((text) => [at('15:40'), BO, { type: 'note', text }] as const),
        [at('15:41'), BO, { type: 'note-postmortem', part: 'well', text: many.slice(0, 10).join('\n') }],
      ]),
    );
    const canvas = canvasMarkdown(long);
    expect(Buffer.byteLength(canvas)).toBeLessThan(1_048_576);
    expect(canvas).toMatch(/\d+ more lines are in the files\./);
    expect(markdownFile(long, 1)).toContain('399 数');
  });

  it('stay within one JSON document', () => {
    const incident = finished([[at('15:40'), BO, { type: 'note', text: HOSTILE }]]);
    const writing = writingOf(incident);
    const record = postmortemRecord(
      postmortemOf(incident, at('16:30'), SLO),
      documentOf(incident),
      writing,
      new Map([[LEA, 'Lea']]),
    );
    const text = JSON.stringify(record);
    const documented = readFileSync(new URL('../../../docs/postmortem-json.md', import.meta.url), 'utf8');
    const named = documented.match(/(?<=[`"])[a-zA-Z]+(?=(?:\[\])?[`"])/g);
    for (const field of Object.keys(record)) expect(named).toContain(field);
    expect(JSON.parse(text)).toMatchObject({
      schema: 'steady-postmortem',
      version: 1,
      incident: 'INC-42',
      rootCause: { kind: 'established' },
      people: { [LEA]: 'Lea' },
    });
    expect(
      JSON.parse(text).timeline.every((row: { link?: string }) => row.link?.startsWith('https://')),
    ).toBe(true);
  });
});

describe('what people wrote themselves', () => {
  it.each([
    ['a [link](https://a.example/x) and **bold**', 'a [link](https://a.example/x) and **bold**'],
    ['<b>no</b>', '&lt;b>no&lt;/b>'],
    ['`<b>` stays in code', '`<b>` stays in code'],
    ['<https://a.example/>', '<https://a.example/>'],
    ['![p](https://a.example/p.png)', '!\\[p](https://a.example/p.png)'],
    ['@kai see #12', '＠kai see ＃12'],
    ['[x](javascript:alert(1))', '[x]\\(javascript:alert(1))'],
    ['kai@example.com', 'kai@example.com'],
  ])('%s', (text, out) => {
    expect(inertMarkdown(text)).toBe(out);
    expect(inertMarkdown(inertMarkdown(text))).toBe(out);
  });

  it('is drawn in the page as what it is', () => {
    const own = documentOf(
      finished([
        [
          at('16:00'),
          BO,
          {
            type: 'edit-postmortem',
            seen: 1,
            sections: [
              {
                section: 'own-x',
                title: 'What we told customers',
                text: '### Mail\n- *one*\n- [two](https://a.example/)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode <b>\n```',
                after: 'impact',
              },
            ],
          },
        ],
      ]),
    );
    expect(own.sections.map((one) => one.title).slice(0, 4)).toEqual([
      'Summary',
      'Impact',
      'What we told customers',
      'Root cause',
    ]);
    const page = htmlPage(own, () => undefined);
    expect(page).toContain('<h3>Mail</h3>');
    expect(page).toContain('<li><a href="https://a.example/" rel="noreferrer">two</a></li>');
    expect(page).toContain('<td>1</td><td>2</td>');
    expect(page).toContain('<pre><code>code &lt;b&gt;</code></pre>');
  });
});

describe('pictures', () => {
  it('stand within the page, and are named where a format cannot hold them', () => {
    const one: Document = {
      title: 'INC-42 postmortem: x',
      about: '',
      sections: [
        {
          key: 'pictures',
          title: 'Pictures',
          blocks: [{ kind: 'picture', name: 'inc-42-causes.png', alt: 'H2' }],
        },
      ],
    };
    expect(htmlPage(one, () => new Uint8Array([137, 80]))).toContain(
      '<img src="data:image/png;base64,iVA=" alt="H2">',
    );
    expect(markdownFile(one, 1)).toContain('*Picture inc-42-causes.png: H2*');
    expect(canvasSections(one)[0]?.lines).toEqual(['Nothing yet.']);
  });
});
