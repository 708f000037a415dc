import { expect, it } from 'vitest';
import { corrected, standing } from '../../../src/domain/knowledge/corrected.ts';
import type { Entry } from '../../../src/domain/knowledge/entry.ts';
import { entriesOf, readFile } from '../../../src/domain/knowledge/read-file.ts';
import { privatelySaidAt, saidAt } from '../../../src/domain/knowledge/said-at.ts';
import { current } from '../../../src/domain/knowledge/shelf.ts';
import { withEntry } from '../../../src/domain/knowledge/write-file.ts';
import { DAY } from '../../../src/domain/time.ts';

const THEN = Date.UTC(2026, 10, 20);
const OLD: Entry = {
  at: THEN,
  key: 'checkout pool',
  type: 'fact',
  tags: ['checkout'],
  used: 3,
  pinned: true,
  status: 'stale',
  body: 'holds 40',
};

it('what worked counts, what did not is kept below it, and the older entry stays in its file', () => {
  const now = corrected(OLD, ' holds 80 since the upgrade ', THEN + DAY);
  expect(now).toMatchObject({ key: 'checkout pool', tags: ['checkout'], used: 3, pinned: true });
  expect(now.body).toBe(
    'holds 80 since the upgrade\n\n**Did not work** (as it stood until 2026-11-21):\n\nholds 40',
  );
  expect(now).not.toHaveProperty('status');
  const file = withEntry(withEntry(readFile('facts', '# Facts\n'), OLD), now);
  const shelved = entriesOf(file).map(
    (entry, n) => ({ shelf: 'org/a', id: `${n}`, kind: 'facts', entry }) as const,
  );
  expect(shelved).toHaveLength(2);
  expect(current(shelved).map(({ entry }) => entry.body)).toEqual([now.body]);
});

it('a second correction keeps what the first said, not the same twice', () => {
  const twice = corrected(corrected(OLD, 'holds 80', THEN + DAY), 'holds 160', THEN + 2 * DAY);
  expect(twice.body).toBe('holds 160\n\n**Did not work** (as it stood until 2026-11-22):\n\nholds 80');
  expect(standing(twice)).toBe('holds 160');
});

it('knows what was said in private', () => {
  const url = 'https://acme.slack.com/archives/C1/p1';
  expect(privatelySaidAt({ body: `x\n\n${saidAt(url, true)}` })).toBe(url);
  expect(privatelySaidAt({ body: `x\n\n${saidAt(url, false)}` })).toBeUndefined();
});
