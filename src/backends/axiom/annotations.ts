import type { z } from 'zod';
import type { Change } from '../backend.ts';
import { filledColumns } from './filled-columns.ts';
import type { annotationsAnswer } from './schema.ts';

export type Annotation = z.output<typeof annotationsAnswer>[number];

const COLUMNS = ['time', 'until', 'type', 'title', 'description', 'datasets', 'url'] as const;

/** The annotations as rows, oldest first; columns that would be empty are left out. */
export function annotationRows(annotations: readonly Annotation[]) {
  const rows = sorted(annotations).map((one) => [
    new Date(Date.parse(one.time)).toISOString(),
    one.endTime ? new Date(Date.parse(one.endTime)).toISOString() : '',
    one.type,
    one.title ?? '',
    one.description ?? '',
    (one.datasets ?? []).join(', '),
    one.url ?? '',
  ]);
  return filledColumns(COLUMNS, rows);
}

/** What somebody changed on purpose, as far as type and title say it: https://axiom.co/docs/query-data/annotate-charts */
export function changesOf(annotations: readonly Annotation[]): readonly Change[] {
  return sorted(annotations).map(({ time, endTime, type, title, url }): Change => {
    const said = title || type;
    const [, service, version] = /^([\w./-]*[A-Za-z][\w./-]*?)[ @:]+(v?\d+\.\d+[\w.+-]*)/.exec(said) ?? [];
    const until = Date.parse(endTime ?? '');
    const found = version ?? /\bv?\d+\.\d+[\w.+-]*/.exec(said)?.[0];
    return {
      at: Date.parse(time),
      ...(!Number.isNaN(until) && { until }),
      kind: /deploy|release|rollout/i.test(type)
        ? 'deploy'
        : /flag|feature|toggle/i.test(type)
          ? 'flag'
          : 'other',
      title: said,
      ...(service !== undefined && { service }),
      ...(found !== undefined && { version: found }),
      ...(url && /^https?:\/\//.test(url) && { url }),
    };
  });
}

function sorted(annotations: readonly Annotation[]): readonly Annotation[] {
  return annotations.toSorted((a, b) => Date.parse(a.time) - Date.parse(b.time));
}
