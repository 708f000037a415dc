import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/safety/redactor.ts';
import { FAKE_SECRETS } from './fake-secrets.ts';
import { randomText } from './random-text.ts';

const HELD = randomText(11).alnum(28);
const redactor = createRedactor({ secrets: [HELD] });
const anyText = fc.string({ unit: 'binary', maxLength: 60 });
const PAYLOADS = fileURLToPath(new URL('../../../shared/slack-payloads', import.meta.url));

describe('whatever the text', () => {
  it('a held secret in it is gone', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        expect(redactor.redact(before + HELD + after).text).not.toContain(HELD);
      }),
      { numRuns: 300, seed: 42 },
    );
  });

  it('no known shape survives among others, and a text without findings is the same text', () => {
    const pieces = fc.constantFrom(...FAKE_SECRETS.map((one) => one.text), ...'=:"\'/@ \n'.split(''));
    fc.assert(
      fc.property(fc.array(fc.oneof(anyText, pieces), { maxLength: 6 }), (parts) => {
        const text = parts.join(' ');
        const once = redactor.redact(text);
        if (once.found.length === 0) expect(once.text).toBe(text);
        for (const { secret } of FAKE_SECRETS) expect(once.text).not.toContain(secret);
      }),
      { numRuns: 200, seed: 42 },
    );
  });

  it('a value keeps its shape', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const { value: out, found } = redactor.redactLeaves(value);
        if (found.length === 0) expect(out).toEqual(value);
      }),
      { numRuns: 200, seed: 42 },
    );
  });
});

describe('published Slack payloads', () => {
  const there = existsSync(PAYLOADS);
  if (!there) process.stdout.write('not run: slack-payloads\n');

  it.runIf(there)('come through unchanged: no id, time, trigger or address looks like a secret', () => {
    const files = globSync('**/*.json', { cwd: PAYLOADS });
    expect(files.length).toBeGreaterThan(20);
    for (const file of files) {
      const payload: unknown = JSON.parse(readFileSync(`${PAYLOADS}/${file}`, 'utf8'));
      expect(redactor.redactLeaves(payload), file).toEqual({ value: payload, found: [] });
    }
  });
});
