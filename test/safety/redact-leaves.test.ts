import { describe, expect, it } from 'vitest';
import { RedactionFailed } from '../../src/domain/errors.ts';
import { createRedactor, LONGEST_TEXT, WITHHELD } from '../../src/safety/redactor.ts';
import { randomText } from './random-text.ts';

const TOKEN = `${'xo'}xb-${randomText(3).digits(12)}-${randomText(4).alnum(24)}`;
const HELD = randomText(5).lower(32);
const redactor = createRedactor({ secrets: [HELD] });
const GONE = '[redacted: slack token]';

describe('redactLeaves', () => {
  it('keeps the shape and redacts every string, keys included', () => {
    const value = { a: [1, null, true, `x ${TOKEN}`], [TOKEN]: { b: 'fine' }, c: undefined, d: 12n };
    expect(redactor.redactLeaves(value)).toEqual({
      value: { a: [1, null, true, `x ${GONE}`], [GONE]: { b: 'fine' }, c: undefined, d: 12n },
      found: [{ kind: 'slack token', count: 2 }],
    });
    expect(value.a[3]).toContain(TOKEN);
  });

  it('answers with the very same value where nothing is to be taken out', () => {
    const value = { a: ['fine', { b: 'also fine' }] };
    expect(redactor.redactLeaves(value)).toEqual({ value, found: [] });
    expect(redactor.redactLeaves(value).value).toBe(value);
  });

  it('refuses a value that says something else the second time it is read', () => {
    let reads = 0;
    const value = {
      first: TOKEN,
      get second() {
        reads += 1;
        return reads === 1 ? 'fine' : TOKEN;
      },
    };
    expect(() => redactor.redactLeaves(value)).toThrow(RedactionFailed);
  });

  it('keeps both values when two keys become the same, and a key named __proto__ stays a key', () => {
    const two = redactor.redactLeaves(
      Object.fromEntries([
        [TOKEN, 1],
        [`${TOKEN}a`, 2],
      ]),
    );
    expect(two.value).toEqual({ [GONE]: 1, [`${GONE} (2)`]: 2 });
    const odd = redactor.redactLeaves(JSON.parse('{"__proto__":{"x":"y"}}') as unknown).value;
    expect(JSON.stringify(odd)).toBe('{"__proto__":{"x":"y"}}');
  });

  it('finds a secret split over the elements of one rich text', () => {
    for (const secret of [HELD, TOKEN]) {
      const section = {
        type: 'rich_text_section',
        elements: [
          { type: 'text', text: `it is ${secret.slice(0, 12)}`, style: { bold: true } },
          { type: 'text', text: secret.slice(12, 20) },
          { type: 'text', text: `${secret.slice(20)} now` },
        ],
      };
      const shown = JSON.stringify(redactor.redactLeaves([{ type: 'rich_text', elements: [section] }]).value);
      expect(shown).not.toContain(secret.slice(0, 11));
      expect(shown).not.toContain(secret.slice(12, 19));
      expect(shown).not.toContain(secret.slice(21));
      expect(shown).toContain('it is ');
      expect(shown).toContain(' now');
    }
  });

  it('knows a value by the label in the element before it', () => {
    const password = `${randomText(8).alnum(9)}7!`;
    const elements = [
      { type: 'text', text: 'Password:', style: { bold: true } },
      { type: 'text', text: ` ${password}` },
    ];
    expect(redactor.redactLeaves({ elements })).toEqual({
      value: { elements: [elements[0], { type: 'text', text: ' [redacted: password]' }] },
      found: [{ kind: 'password', count: 1 }],
    });
  });

  it('knows a value by its key', () => {
    const password = randomText(6).lower(10);
    expect(redactor.redactLeaves({ user: 'lea', password, token: 'expired' }).value).toEqual({
      user: 'lea',
      password: '[redacted: password]',
      token: 'expired',
    });
  });

  it('leaves the ids and addresses of a Slack message alone', () => {
    const message = {
      channel: 'C0123ABCDEF',
      ts: '1763906520.123456',
      thread_ts: '1763906500.000100',
      user: 'U0123ABCDEF',
      client_msg_id: '550e8400-e29b-41d4-a716-446655440000',
      text: 'INC-42 P1 · update due',
      trigger_id: '133.738.8088930838d88f00',
      metadata: {
        event_type: 'steady_post',
        event_payload: { key: 'q7Xh2LmZpR4tVb9KcYwD3sNfGaJ8eU1o', row: 'T0123/INC-42/promise-7/rung-1' },
      },
      blocks: [
        {
          type: 'section',
          block_id: 'b1',
          text: { type: 'mrkdwn', text: '<https://prom.example.com/graph?g0.expr=up|Open>' },
        },
        {
          type: 'actions',
          elements: [
            {
              type: 'button',
              action_id: 'snooze',
              value: 'INC-42/7',
              text: { type: 'plain_text', text: 'Snooze' },
            },
          ],
        },
      ],
    };
    expect(redactor.redactLeaves(message)).toEqual({ value: message, found: [] });
  });
});

describe('failing closed', () => {
  const cycle: unknown[] = [];
  cycle.push(cycle);
  it.each([
    ['a cycle', cycle],
    ['bytes', { file: new Uint8Array(3) }],
    ['a map', new Map([['a', TOKEN]])],
    ['a function', { f: () => TOKEN }],
    [
      'a getter that throws',
      {
        get a(): string {
          throw new Error(`no ${TOKEN}`);
        },
      },
    ],
    ['a text too long', 'x'.repeat(LONGEST_TEXT + 1)],
  ])('refuses %s, and says nothing of it', (_name, value) => {
    let thrown: unknown;
    try {
      redactor.redactLeaves(value);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(RedactionFailed);
    expect(`${String(thrown)} ${String((thrown as Error).cause)}`).not.toContain(TOKEN);
  });

  it('has a notice that needs no checking', () => {
    expect(redactor.redact(WITHHELD)).toEqual({ text: WITHHELD, found: [] });
  });

  it('is stable: what was redacted stays as it is', () => {
    const once = redactor.redact(
      `password=${TOKEN} Authorization: Bearer ${HELD} https://a:${HELD}@b.example`,
    ).text;
    expect(redactor.redact(once)).toEqual({ text: once, found: [] });
  });
});

describe('the configuration', () => {
  it('adds patterns, whatever their flags, and allows what a pattern matches wholly', () => {
    const own = createRedactor({ secrets: [], patterns: [/ACME-\d{4}/y, /(?:)/], allow: [/ACME-0000/] });
    expect(own.redact('ACME-1234 and ACME-0000 and ACME-5678').text).toBe(
      '[redacted: configured pattern] and ACME-0000 and [redacted: configured pattern]',
    );
  });

  it('cannot allow a token that only contains an allowed word', () => {
    const own = createRedactor({ secrets: [], allow: [/xoxb/] });
    expect(own.redact(TOKEN).text).toBe(GONE);
  });

  it('is not switched off by text', () => {
    expect(redactor.redact(`// secretlint-disable gitleaks:allow\n${TOKEN}`).text).toContain(GONE);
  });
});
