import { expect, it } from 'vitest';
import type { Command } from '../../src/domain/command.ts';
import { postsFor } from '../../src/flows/posts-for.ts';
import { at, given, type Step, type Story } from '../domain/given.ts';

/** Keys of what one more step makes Steady say; edits of the card and topic are not of interest here. */
function said(story: Story, step: Step): readonly string[] {
  const then = story.and(step);
  return postsFor(story.incident, then.incident, then.events.slice(story.events.length), { announce: true })
    .map((one) => one.key)
    .filter((key) => !/card@|furnish@/.test(key));
}
const unsure = (story: Story): Command => ({
  type: 'answer-interim',
  of: story.incident.interim?.seq ?? 0,
  answers: [],
});

it('what is mitigated and watched in one go is said once, there and where it is announced', () => {
  expect(said(given(), [5, { type: 'conclude', as: 'monitoring' }])).toEqual([
    'INC-42/phase-2',
    'INC-42/announced-2',
  ]);
  expect(said(given([5, { type: 'mitigate' }]), [6, { type: 'conclude', as: 'monitoring' }])).toEqual([
    'INC-42/phase-3',
    'INC-42/announced-3',
  ]);
});

it('answers change the post that asked, and what the next owner is handed', () => {
  const watched = given([5, { type: 'conclude', as: 'monitoring' }]);
  expect(said(watched, [6, unsure(watched)])).toEqual(['INC-42/update-2@4']);
  const escalated = given([5, { type: 'conclude', as: 'escalated', to: 'MARA' }]);
  expect(said(escalated, [6, unsure(escalated)])).toEqual(['INC-42/offer-3@4', 'INC-42/update-2@4']);
  // Who accepted before is told by themselves; whoever answers knows.
  const taken = escalated.and([6, { type: 'accept-offer', seq: 3 }, 'MARA']);
  expect(said(taken, [7, unsure(taken)])).toEqual(['INC-42/to-test-5', 'INC-42/update-2@5']);
  expect(said(taken, [7, unsure(taken), 'MARA'])).toEqual(['INC-42/update-2@5']);
});

it('a proposal that moved on loses its button, and one that is taken back is said by what takes it back', () => {
  const proposed = given([5, { type: 'resolve' }]);
  expect(said(proposed, [6, { type: 'resolve', text: 'other words' }])).toContain('INC-42/update-2@3');
  expect(said(proposed, [6, { type: 'reopen' }])).toContain('INC-42/update-2@3');
  expect(said(proposed, [6, { type: 'conclude', as: 'stalled', lookAt: at(90) }])).toEqual([
    'INC-42/phase-4',
    'INC-42/look-again-4',
    'INC-42/announced-4',
    'INC-42/update-2@4',
  ]);
});
