import { describe, expect, it } from 'vitest';
import { blameIn } from '../../../src/domain/postmortem/wording.ts';

const words = (text: string) => blameIn(text).map((one) => one.words);

describe('blameless wording', () => {
  it.each([
    ['It was human error in the end', 'human error'],
    ['We should have paged earlier', 'should have'],
    ["we shouldn't have deployed on Friday", "shouldn't have"],
    ['if the alert had paged, we would have known', 'we would have'],
    ['The on-call failed to notice the alert', 'failed to'],
    ['a careless change', 'careless'],
    ['pure negligence', 'negligence'],
    ['@kai broke the build', '@kai broke'],
    ['<@U0KAI> forgot the flag', '<@U0KAI> forgot'],
    ["@{U0KAI} didn't check the graph", "@{U0KAI} didn't check"],
    ["it was @mara's fault", "@mara's fault"],
    ['whose fault is it', 'whose fault'],
    ['obviously the pool was too small', 'obviously'],
    ["Why didn't anyone look?", "Why didn't anyone"],
    ['People must be more careful', 'be more careful'],
  ])('sees “%s”', (text, found) => {
    expect(words(text)).toEqual([found]);
  });

  it.each([
    'The pool had 10 connections and 40 were asked for',
    '@kai rolled the deploy back at 14:50, which ended it',
    'The deploy failed at 13:56 and the old version stayed',
    'The alert should page earlier from now on',
    'retries had no limit, so 429s caused more calls',
    'The request failed with 500',
    'What would have made this trivial to debug?',
    'its disproof would have shown level 429s',
    'the queue broke its limit',
  ])('says nothing of “%s”', (text) => {
    expect(words(text)).toEqual([]);
  });

  it('asks a better question for each, in the order they are written, words seen twice once', () => {
    const found = blameIn('Careless. We should have looked, and @kai forgot to.');
    expect(found.map((one) => one.words)).toEqual(['Careless', 'should have', '@kai forgot']);
    for (const { why, ask } of found) {
      expect(why).toMatch(/\.$/);
      expect(ask).toMatch(/^(?:What|Which|How)\b.*\?$/);
    }
  });

  it('is done with a hostile text at once', () => {
    const text = `${'@'.repeat(20_000)}${'should '.repeat(20_000)}${'@a '.repeat(20_000)}`;
    const before = process.cpuUsage().user;
    blameIn(text);
    expect((process.cpuUsage().user - before) / 1000).toBeLessThan(500);
  });
});
