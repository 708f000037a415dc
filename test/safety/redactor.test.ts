import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/safety/redactor.ts';
import { FAKE_SECRETS } from './fake-secrets.ts';
import { ORDINARY_LINES } from './ordinary-lines.ts';

const redactor = createRedactor({ secrets: [] });

describe('known shapes', () => {
  it.each(FAKE_SECRETS)('takes out: $name', ({ text, secret }) => {
    const { text: shown, found } = redactor.redact(text);
    expect(shown).not.toContain(secret);
    // No long remainder either: what stays is the context, not a tail of the secret.
    for (let at = 0; at + 12 <= secret.length; at += 4)
      expect(shown).not.toContain(secret.slice(at, at + 12));
    expect(found.length).toBeGreaterThan(0);
  });

  it.each(ORDINARY_LINES)('leaves alone: %s', (line) => {
    expect(redactor.redact(line)).toEqual({ text: line, found: [] });
  });
});
