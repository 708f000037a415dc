import { describe, expect, it } from 'vitest';
import { at, given, T0 } from '../given.ts';

const edit = (section: string, text: string, seen: number, more: { after?: string; base?: string } = {}) =>
  ({ type: 'edit-postmortem', seen, sections: [{ section, title: section, text, ...more }] }) as const;

describe('what people say of it', () => {
  it('is kept line by line, whoever says it and however often', () => {
    const { incident } = given(
      [50, { type: 'note-postmortem', part: 'lessons', text: 'a panel of 429s' }, 'BO'],
      [51, { type: 'note-postmortem', part: 'lessons', text: 'an alert on retries\nA panel of 429s' }, 'KAI'],
    );
    expect(incident.contributed.words).toEqual([
      { part: 'lessons', text: 'a panel of 429s\nan alert on retries', by: ['BO', 'KAI'], seq: 3 },
    ]);
  });

  it('can be said of an incident that has ended, and needs words', () => {
    const ended = given([10, { type: 'cancel', reason: 'false alarm' }]);
    expect(ended.when(60, { type: 'note-postmortem', part: 'well', text: 'fast' })).toHaveLength(1);
    expect(ended.refused(60, { type: 'note-postmortem', part: 'well', text: ' ' }).rule).toBe('words-needed');
    const long = { type: 'note-postmortem', part: 'well', text: 'x'.repeat(20_001) } as const;
    expect(ended.refused(60, long).rule).toBe('words-too-long');
  });

  it('is replaced by a form, except for what somebody else wrote while it was open', () => {
    const story = given([50, { type: 'note-postmortem', part: 'well', text: 'one\ntwo' }, 'BO']).and([
      52,
      { type: 'note-postmortem', part: 'well', text: 'three' },
      'KAI',
    ]);
    const form = (seen: number) =>
      ({ type: 'fill-postmortem', parts: [{ part: 'well', text: 'two, said better', seen }] }) as const;
    const late = story.and([53, form(2), 'LEA']).incident.contributed.words[0];
    expect(late?.text.split('\n')).toEqual(['two, said better', 'one', 'two', 'three']);
    expect(story.and([53, form(3), 'LEA']).incident.contributed.words[0]?.text).toBe('two, said better');
    const same = {
      type: 'fill-postmortem',
      parts: [{ part: 'well', text: 'one\ntwo\nthree', seen: 3 }],
    } as const;
    expect(story.when(54, same)).toEqual([]);
  });
});

describe('sections that people rewrote', () => {
  it('stand as they were given back, the newest in the place of the one before', () => {
    const { incident } = given(
      [50, edit('impact', 'worse', 1, { base: 'b1' }), 'BO'],
      [51, edit('own-1', 'ours', 2, { after: 'impact' }), 'BO'],
      [52, edit('impact', 'better', 2, { base: 'b2' }), 'KAI'],
    );
    expect(incident.contributed.edits).toEqual([
      { section: 'impact', title: 'impact', text: 'better', base: 'b2', by: 'KAI', at: at(52), seq: 4 },
      { section: 'own-1', title: 'own-1', text: 'ours', after: 'impact', by: 'BO', at: at(51), seq: 3 },
    ]);
  });

  it('keep what somebody else wrote since the document that was edited', () => {
    const { incident } = given(
      [50, edit('impact', 'by Bo\nboth', 1), 'BO'],
      [51, edit('impact', 'both\nby Kai', 1), 'KAI'],
    );
    expect(incident.contributed.edits[0]?.text).toBe('by Bo\nboth\nby Kai');
  });

  it('are refused where they are endless, and none where nothing changed', () => {
    const story = given();
    expect(story.refused(1, edit('impact', 'x'.repeat(100_001), 1)).rule).toBe('section-too-long');
    expect(story.when(1, { type: 'edit-postmortem', seen: 1, sections: [] })).toEqual([]);
  });

  it('survive a reopening', () => {
    const { incident } = given(
      [5, edit('impact', 'worse', 1), 'BO'],
      [6, { type: 'cancel', reason: 'false alarm' }],
      [7, { type: 'reopen' }],
    );
    expect(incident.contributed.edits).toHaveLength(1);
    expect(incident.declaredAt).toBe(T0);
  });
});

it('counts how often it was asked for, and keeps each that went out once', () => {
  const story = given([1, { type: 'write-postmortem' }]);
  expect(story.incident.postmortem.asked).toBe(1);
  expect(story.when(2, { type: 'write-postmortem' })).toEqual([
    { type: 'postmortem-asked', revision: 2, by: 'LEA' },
  ]);
  const out = {
    type: 'postmortem-out',
    revision: 1,
    document: { version: 2, head: [], sections: [] },
    left: [],
  } as const;
  const written = story.and([2, out]);
  expect(written.incident.postmortem.written).toMatchObject([{ revision: 1, document: { version: 2 } }]);
  expect(written.when(3, out)).toEqual([]);
});
