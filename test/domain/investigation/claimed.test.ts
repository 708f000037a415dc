import { describe, expect, it } from 'vitest';
import { given } from '../given.ts';

describe('a claim on the timeline', () => {
  it('is numbered, in the words of whoever made it', () => {
    const story = given(
      [1, { type: 'claim', text: ' payments answers  429 E5 ' }, 'KAI'],
      [2, { type: 'claim', text: 'only eu-west is hurt' }],
    );
    expect(story.incident.claims).toMatchObject([
      { id: 'C1', seq: 2, by: 'KAI', text: 'payments answers 429 E5' },
      { id: 'C2', seq: 3, by: 'LEA', text: 'only eu-west is hurt' },
    ]);
  });

  it.each(['', '…', 'E5 E6', 'tbd'])('says nothing: %j', (text) => {
    expect(given().refused(1, { type: 'claim', text }).rule).toBe('claim-needed');
  });

  it('is not made twice, nor once it is over', () => {
    const story = given([1, { type: 'claim', text: 'only eu-west is hurt' }]);
    expect(story.refused(2, { type: 'claim', text: 'Only EU-west is hurt' }).rule).toBe('same-claim');
    const over = given([1, { type: 'cancel', reason: 'a test' }]);
    expect(over.refused(2, { type: 'claim', text: 'only eu-west is hurt' }).rule).toBe('not-open');
  });
});
