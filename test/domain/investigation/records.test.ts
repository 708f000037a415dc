import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/domain/command.ts';
import { BUGFIX_PARTS, type BugfixParts } from '../../../src/domain/investigation/record.ts';
import { given } from '../given.ts';

const ASK: Command = { type: 'ask-confirmation', statement: 'only eu-west is hurt' };

describe('a question of understanding', () => {
  it('keeps one answer of each person, the last', () => {
    const answer = (says: 'yes' | 'no' | 'correct-me', correction?: string): Command => ({
      type: 'answer-confirmation',
      confirmation: 2,
      says,
      ...(correction !== undefined && { correction }),
    });
    const story = given(
      [1, ASK],
      [2, answer('yes'), 'KAI'],
      [3, answer('no'), 'BO'],
      [4, answer('correct-me', 'us-east too'), 'KAI'],
    );
    expect(story.incident.confirmations).toEqual([
      {
        seq: 2,
        statement: 'only eu-west is hurt',
        by: 'LEA',
        answers: [
          { by: 'BO', says: 'no' },
          { by: 'KAI', says: 'correct-me', correction: 'us-east too' },
        ],
      },
    ]);
    expect(story.when(5, answer('no'), 'BO')).toEqual([]);
    expect(story.refused(5, answer('correct-me'), 'BO').rule).toBe('correction-needed');
    expect(given().refused(5, answer('yes')).rule).toBe('no-such-question');
    expect(given().refused(1, { type: 'ask-confirmation', statement: '…' }).rule).toBe('statement-needed');
  });
});

describe('a fix report', () => {
  const whole = Object.fromEntries(BUGFIX_PARTS.map(({ name }) => [name, `${name} in words`])) as BugfixParts;

  it('is recorded whole', () => {
    expect(given([1, { type: 'record-bugfix', parts: whole }]).incident.bugfixes).toMatchObject([
      { by: 'LEA', parts: whole },
    ]);
  });

  it.each(BUGFIX_PARTS.flatMap(({ name }) => ['', ' ', 'n/a', 'tbd'].map((text) => [name, text] as const)))(
    'is refused while %s is %j',
    (name, text) => {
      const refused = given().refused(1, { type: 'record-bugfix', parts: { ...whole, [name]: text } });
      expect(refused.rule).toBe('bugfix-incomplete');
      expect(refused.next).toEqual([{ label: 'Fill it in', command: 'bugfix' }]);
    },
  );

  it('“unknown” says what was checked', () => {
    const introduced = (text: string): Command => ({
      type: 'record-bugfix',
      parts: { ...whole, introduced: text },
    });
    expect(given().refused(1, introduced('unknown')).rule).toBe('bugfix-incomplete');
    expect(given().when(1, introduced('unknown: git log of the client since May'))).toHaveLength(1);
  });
});
