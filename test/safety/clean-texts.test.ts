import { describe, expect, test } from 'vitest';
import { createCleanTexts } from '../../src/safety/clean-texts.ts';
import { createRedactor } from '../../src/safety/redactor.ts';

describe('texts that were found clean', () => {
  test('are known until they are forgotten', () => {
    const clean = createCleanTexts();
    clean.add('What Steady understands');
    expect(clean.has('What Steady understands')).toBe(true);
    expect(clean.has('something else')).toBe(false);
    clean.forget();
    expect(clean.has('What Steady understands')).toBe(false);
  });

  test('are let go of when others come, but not those that are asked for', () => {
    const clean = createCleanTexts();
    clean.add('often');
    clean.add('once');
    for (let at = 0; at < 10_000; at++) {
      clean.add(`text ${at}`);
      if (at % 100 === 0) clean.has('often');
    }
    expect(clean.has('often')).toBe(true);
    expect(clean.has('once')).toBe(false);
    expect(clean.has('text 1')).toBe(false);
  });

  test('are not kept where they are long', () => {
    const clean = createCleanTexts();
    clean.add('x'.repeat(2_001));
    expect(clean.has('x'.repeat(2_001))).toBe(false);
  });

  test('are looked at again for a secret that comes later', () => {
    const redactor = createRedactor({ secrets: [] });
    const text = 'the word is correct horse battery';
    expect(redactor.redact(text).found).toEqual([]);
    const forget = redactor.add('correct horse battery');
    expect(redactor.redact(text).text).not.toContain('horse');
    forget();
    expect(redactor.redact(text).text).toBe(text);
  });
});
