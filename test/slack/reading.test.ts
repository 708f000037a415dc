import { describe, expect, it } from 'vitest';
import type { MessageRef } from '../../src/domain/incident.ts';
import { peopleOf } from '../../src/slack/reading.ts';
import { given } from '../domain/given.ts';

describe('everyone whose name a drawing may need', () => {
  const message: MessageRef = { channel: 'C1', ts: '1.1' };

  it('includes who wrote a message that is not on the timeline any more, and who held a role before', () => {
    const { incident } = given(
      [1, { type: 'add-entry', message, text: 'x', author: 'BO', writtenAt: 0, how: 'pin' }],
      [2, { type: 'remove-entry', message, why: 'unmarked' }],
      [3, { type: 'give-role', role: 'comms', to: 'IDA' }],
      [4, { type: 'give-role', role: 'comms', to: 'KAI' }],
    );
    expect(peopleOf(incident)).toEqual(expect.arrayContaining(['LEA', 'BO', 'IDA', 'KAI']));
  });
});
