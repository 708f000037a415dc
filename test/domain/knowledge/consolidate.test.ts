import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Knowledge,
  planConsolidation,
  sayPlan,
  withArchived,
} from '../../../src/domain/knowledge/consolidate.ts';
import type { Entry, Kind } from '../../../src/domain/knowledge/entry.ts';
import { entriesOf, readFile, textOf } from '../../../src/domain/knowledge/read-file.ts';
import { withRaw } from '../../../src/domain/knowledge/write-file.ts';
import { damaged, fileText } from './nasty-files.ts';

const NOW = Date.UTC(2026, 10, 28);
const day = (text: string) => Date.parse(`${text}T00:00:00Z`);
const query = (key: string, more: Partial<Entry> = {}): Entry => ({
  at: day('2026-11-01'),
  key,
  type: 'query',
  tags: [],
  used: 0,
  lastUsed: '2026-11-01',
  pinned: false,
  body: key,
  ...more,
});
const base = (kind: Kind, ...list: readonly Entry[]): Knowledge => ({
  [kind]: readFile(kind, fileText(list)),
});
const said = (kind: Kind, ...list: readonly Entry[]) => sayPlan(planConsolidation(base(kind, ...list), NOW));

describe('sleep', () => {
  test('keeps the newest of a key', () => {
    const list = [query('a', { at: day('2026-11-03'), body: 'new' }), query('a')];
    const plan = planConsolidation(base('queries', ...list), NOW);
    expect(sayPlan(plan)).toEqual(['archive  queries/a  (a newer one of 2026-11-03 has its key)']);
    expect(plan.files.queries && entriesOf(plan.files.queries).map((one) => one.body)).toEqual(['new']);
    expect(plan.archived.queries).toContain('## M-2026-11-01T00:00:00Z a');
  });

  test('archives what was superseded, not what was written again after that', () => {
    const newer = query('b', { at: day('2026-11-05'), body: 'Supersedes `a`.' });
    expect(said('queries', query('a'), newer)).toEqual(['archive  queries/a  (superseded by b)']);
    expect(said('queries', query('a', { at: day('2026-11-06') }), newer)).toEqual([]);
  });

  test('archives what helped nobody for long; a pin keeps it', () => {
    const old = query('a', { at: day('2026-01-01'), lastUsed: '2026-02-01' });
    expect(said('queries', old)).toEqual(['archive  queries/a  (helped nobody since 2026-02-01)']);
    expect(said('queries', { ...old, pinned: true })).toEqual([]);
    expect(said('queries', { ...old, lastUsed: '2026-10-01' })).toEqual([]);
  });

  test('mends a type that does not fit its file, and leaves the others alone', () => {
    expect(said('incidents', query('a'))).toEqual([
      'type query → incident  incidents/a  (it stands in incidents.md and says query)',
    ]);
    expect(said('facts', query('a', { type: 'note' }))).toEqual([]);
  });

  test('loses nothing, and finds nothing to do a second time', () => {
    fc.assert(
      fc.property(damaged, (text) => {
        const file = readFile('queries', text);
        const { files, archived } = planConsolidation({ queries: file }, NOW);
        const after = files.queries ?? file;
        const archive = readFile('queries', archived.queries ?? '');
        const all = [...entriesOf(after), ...entriesOf(archive)].map(
          (one) => `${one.at} ${one.key} ${one.body}`,
        );
        for (const one of entriesOf(file)) expect(all).toContain(`${one.at} ${one.key} ${one.body}`);
        expect(planConsolidation({ queries: after }, NOW).steps).toEqual([]);
      }),
    );
  });

  test('the archive holds each entry once, however often it is applied', () => {
    const { archived } = planConsolidation(base('queries', query('a', { body: 'old' }), query('a')), NOW);
    const once = withArchived(readFile('queries', '# Archive\n'), archived.queries ?? '');
    expect(entriesOf(once)).toHaveLength(1);
    expect(textOf(withArchived(once, archived.queries ?? ''))).toBe(textOf(once));
    expect(textOf(withRaw(once, ''))).toContain('# Archive');
  });
});
