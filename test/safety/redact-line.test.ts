import { describe, expect, it } from 'vitest';
import { redactLine } from '../../src/safety/redact-line.ts';
import { createRedactor, LONGEST_TEXT, WITHHELD } from '../../src/safety/redactor.ts';
import { randomText } from './random-text.ts';

const SECRET = randomText(1).lower(30);
const redactor = createRedactor({ secrets: [SECRET] });

describe('a log line', () => {
  it('stays one line of JSON, even where a secret runs over two of its values', () => {
    const line = `${JSON.stringify({ level: 30, a: SECRET.slice(0, 15), b: SECRET.slice(15), c: `x "${SECRET}"` })}\n`;
    const shown = redactLine(redactor, line);
    expect(shown.endsWith('}\n')).toBe(true);
    expect(JSON.parse(shown)).toMatchObject({ level: 30, c: 'x "[redacted: held secret]"' });
  });

  it('that is not JSON is redacted as text', () => {
    expect(redactLine(redactor, `warning: ${SECRET}\n`)).toBe('warning: [redacted: held secret]\n');
  });

  it('that cannot be checked is withheld, with its level and time', () => {
    const long = 'x'.repeat(LONGEST_TEXT + 1);
    expect(JSON.parse(redactLine(redactor, JSON.stringify({ level: 50, time: 12, msg: long })))).toEqual({
      level: 50,
      time: 12,
      msg: WITHHELD,
    });
    expect(redactLine(redactor, `${long}\n`)).toBe(`${WITHHELD}\n`);
  });
});
