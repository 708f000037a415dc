import { expect, it } from 'vitest';
import { Secret } from '../src/domain/secret.ts';
import { createLog, sayFault } from '../src/log.ts';
import { createRedactor } from '../src/safety/redactor.ts';

const TOKEN = 'glsa_q8Zr0XvN4mKtY7wB';

function logged(about: unknown, says: string): string {
  const lines: string[] = [];
  const redactor = createRedactor({
    secrets: [new Secret(TOKEN, 'env GRAFANA_TOKEN')],
    patterns: [],
    allow: [],
  });
  createLog('info', redactor, (line) => void lines.push(line)).info({ about }, says);
  expect(lines).toHaveLength(1);
  return lines[0] ?? '';
}

it('is one line of JSON, in which no control character is left for a terminal to obey', () => {
  const hostile = '\u001b[2J\u009b31m\u0085\u2028\u202eevil\u200b\u007f\n{"level":60}\u0000';
  const line = logged(hostile, `over ${hostile}`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(line.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e]/);
  expect(line.endsWith('\n')).toBe(true);
  expect(JSON.parse(line)).toMatchObject({ level: 30, about: hostile, msg: `over ${hostile}` });
});

it('holds no secret, wherever it stood', () => {
  const line = logged(sayFault(new Error(`401 for Bearer ${TOKEN}`)), `asked with ${TOKEN}`);
  expect(line).not.toContain(TOKEN);
  expect(JSON.parse(line)).toMatchObject({ about: { name: 'Error' } });
});
