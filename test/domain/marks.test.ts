import { expect, test } from 'vitest';
import { marksOf } from '../../src/domain/marks.ts';
import { at, CHANNEL, KAI, LEA, story } from '../blocks/sample.ts';

const pinned = (text: string, minute: string) =>
  [
    at('14:20'),
    LEA,
    {
      type: 'add-entry',
      message: { channel: CHANNEL, ts: minute },
      text,
      author: KAI,
      writtenAt: at(minute),
      how: 'pin',
    },
  ] as const;

test('impact, declaration, changes that were told of, and phases at the times they are said to have', () => {
  const incident = story([
    pinned('deploy bot: checkout v2.3.45 is rolling out\nto 3 pods', '13:56'),
    pinned('payments looks slow', '14:01'),
    [at('14:30'), LEA, { type: 'mitigate', at: at('14:25') }],
    [at('14:31'), LEA, { type: 'note', text: 'rolled back to v2.3.44' }],
  ]);
  expect(marksOf(incident)).toEqual([
    { at: at('13:56'), kind: 'change', label: 'deploy bot: checkout v2.3.45 is rolling out' },
    { at: at('13:58'), kind: 'impact', label: 'impact' },
    { at: at('14:07'), kind: 'declared', label: 'declared' },
    { at: at('14:25'), kind: 'mitigated', label: 'mitigated' },
    { at: at('14:31'), kind: 'change', label: 'rolled back to v2.3.44' },
  ]);
});
