import { describe, expect, it } from 'vitest';
import { ACTIONS, CALLBACKS, CARD_MORE, EVIDENCE_MORE } from '../../blocks/action-ids.ts';
import { COMMANDS } from '../../src/slack/command-table.ts';
import { parseCommand } from '../../src/slack/words/parse-command.ts';
import { type Source, sourcesOf } from './sources.ts';

/** The home tab is no modal. */
const NO_MODAL: readonly string[] = ['home'];

describe('the command table', () => {
  it('no word means two things', () => {
    const words = COMMANDS.flatMap((row) => [row.name, ...row.also]);
    const twice = words.filter((word, index) => words.indexOf(word) !== index);
    expect(twice).toEqual([]);
    expect(words.filter((word) => word !== word.toLowerCase())).toEqual([]);
  });

  it.each(COMMANDS.map((row) => [row.name, row] as const))('%s can be explained', (name, row) => {
    expect(row.usage.startsWith(name)).toBe(true);
    expect(row.summary).toMatch(/^[A-Z].*[.?]$/);
    expect(row.summary.length).toBeLessThan(140);
    expect(row.examples.length).toBeGreaterThan(0);
    for (const option of row.options) expect(`${row.usage} ${row.summary}`).toContain(`${option}:`);
  });

  it.each(COMMANDS.flatMap((row) => row.examples.map((example) => [example, row.name] as const)))(
    'the example %j is understood as %s',
    (example, name) => {
      expect(parseCommand(example, COMMANDS)).toMatchObject({ kind: 'command', parsed: { row: { name } } });
    },
  );

  it.each(COMMANDS.flatMap((row) => row.also.map((word) => [word, row.name] as const)))(
    '%j is %s, before and after an incident',
    (word, name) => {
      expect(parseCommand(word, COMMANDS)).toMatchObject({ kind: 'command', parsed: { row: { name } } });
      expect(parseCommand(`INC-42 ${word}`, COMMANDS)).toMatchObject({
        kind: 'command',
        parsed: { row: { name }, incident: 42 },
      });
    },
  );

  it('has every command that people were promised', () => {
    const names = COMMANDS.map((row) => row.name);
    const promised =
      'declare update mitigate resolve reopen cancel merge severity lead role handoff snooze status list timeline note title service link started prom discover help';
    expect(promised.split(' ').filter((name) => !names.includes(name))).toEqual([]);
  });
});

describe('everything that can be clicked or sent has its case', () => {
  const listeners = sourcesOf('src/slack/listeners')
    .map((one) => one.code)
    .join('\n');
  const used = rendering();

  it('most messages are drawn by somebody', () => {
    expect(used.length).toBeGreaterThan(25);
  });

  it.each(namesOf('ACTIONS', used))('action %s', (name) => {
    expect(Object.keys(ACTIONS)).toContain(name);
    expect(listeners).toMatch(new RegExp(`\\bACTIONS\\.${name}\\b`));
  });

  it('and nothing is listened for that nobody draws', () => {
    const drawn = namesOf('ACTIONS', sourcesOf('blocks'));
    expect(Object.keys(ACTIONS).filter((name) => !drawn.includes(name))).toEqual([]);
  });

  it.each(Object.keys(EVIDENCE_MORE))('the evidence card’s menu: %s', (name) => {
    expect(listeners).toMatch(new RegExp(`\\bEVIDENCE_MORE\\.${name}\\b`));
  });

  it.each(Object.keys(CARD_MORE))('the card’s menu: %s', (name) => {
    expect(listeners).toMatch(new RegExp(`\\bCARD_MORE\\.${name}\\b`));
  });

  it.each(namesOf('CALLBACKS', used).filter((name) => !NO_MODAL.includes(name)))('modal %s', (name) => {
    expect(Object.keys(CALLBACKS)).toContain(name);
    expect(listeners).toMatch(new RegExp(`\\bCALLBACKS\\.${name}\\b`));
  });
});

function namesOf(table: 'ACTIONS' | 'CALLBACKS', sources: readonly Source[]): readonly string[] {
  const names = sources
    .filter((one) => one.path !== 'blocks/action-ids.ts')
    .flatMap(({ code }) =>
      [...code.matchAll(new RegExp(`\\b${table}\\.(\\w+)`, 'g'))].map((match) => match[1] ?? ''),
    );
  return [...new Set(names)].toSorted();
}

/** The files of blocks/ that slack/ reaches: what people can be shown. */
function rendering(): readonly Source[] {
  const blocks = new Map(sourcesOf('blocks').map((one) => [one.path, one]));
  const reached = new Set<string>();
  const queue = sourcesOf('src/slack').flatMap((one) => one.imports);
  for (let next = queue.pop(); next; next = queue.pop()) {
    const source = blocks.get(next.target);
    if (!source || next.typeOnly || reached.has(source.path)) continue;
    reached.add(source.path);
    queue.push(...source.imports);
  }
  return [...blocks.values()].filter((one) => reached.has(one.path));
}
