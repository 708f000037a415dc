import type { z } from 'zod';
import type { Result } from '../../domain/evidence.ts';
import type { Change } from '../backend.ts';
import { safeText } from '../safe-text.ts';
import type { annotationsAnswer } from './schema.ts';

export type Annotation = z.output<typeof annotationsAnswer>[number];

/** Tags that mark a change that somebody made, where the configuration names none. */
export const CHANGE_TAGS: readonly string[] = [
  'deploy',
  'deployment',
  'release',
  'rollout',
  'rollback',
  'flag',
  'feature-flag',
  'config',
  'migration',
  'change',
];

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  nbsp: ' ',
  amp: '&',
};

/** Annotations as rows, newest first. */
export function annotationRows(annotations: readonly Annotation[]): Extract<Result, { kind: 'rows' }> {
  const rows = annotations
    .toSorted((a, b) => b.time - a.time)
    .map((one) => [
      said(one.time),
      untilOf(one) === undefined ? '' : said(untilOf(one) ?? 0),
      textOf(one),
      (one.tags ?? []).join(', '),
      one.login ?? '',
    ]);
  const columns = ['time', 'until', 'text', 'tags', 'by'];
  const filled = columns.flatMap((_, index) =>
    rows.length === 0 || rows.some((row) => row[index] !== '') ? [index] : [],
  );
  return {
    kind: 'rows',
    columns: filled.map((index) => columns[index] ?? ''),
    rows: rows.map((row) => filled.map((index) => row[index] ?? '')),
  };
}

/** Annotations with one of the tags as changes, oldest first. `tag:value` has the tag, too. */
export function changesIn(
  annotations: readonly Annotation[],
  tags: readonly string[],
  linkOf: (annotation: Annotation) => string | undefined,
): readonly Change[] {
  const wanted = new Set(tags.map((tag) => tag.toLowerCase()));
  return annotations
    .filter((one) => keysOf(one).some((key) => wanted.has(key)))
    .toSorted((a, b) => a.time - b.time)
    .map((one) => {
      const until = untilOf(one);
      const service = taggedWith(one, ['service', 'app', 'service_name', 'component']);
      const version =
        taggedWith(one, ['version', 'release', 'tag']) ?? /\bv?\d+\.\d+\.\d+[\w.+-]*/.exec(textOf(one))?.[0];
      const url = linkOf(one);
      return {
        at: one.time,
        ...(until !== undefined && { until }),
        kind: kindOf(keysOf(one)),
        title: safeText(textOf(one), 200),
        ...(service !== undefined && { service }),
        ...(version !== undefined && { version }),
        ...(url !== undefined && { url }),
      };
    });
}

function kindOf(keys: readonly string[]): Change['kind'] {
  if (keys.some((key) => /^(?:feature[-_]?)?(?:flag|toggle)s?$/.test(key))) return 'flag';
  return keys.some((key) => /^(?:deploy(?:ment|s)?|releases?|roll(?:out|back))$/.test(key))
    ? 'deploy'
    : 'other';
}

/** `deploy:checkout` and `deploy=checkout` begin with the key `deploy`. */
function keysOf({ tags }: Annotation): readonly string[] {
  return (tags ?? []).map((tag) => (tag.split(/[:=]/, 1)[0] ?? '').trim().toLowerCase());
}

function taggedWith({ tags }: Annotation, keys: readonly string[]): string | undefined {
  for (const tag of tags ?? []) {
    const [, key = '', value = ''] = /^([^:=]+)[:=](.+)$/s.exec(tag) ?? [];
    if (keys.includes(key.trim().toLowerCase()) && value.trim() !== '') return safeText(value, 100);
  }
  return undefined;
}

/** Grafana keeps HTML. */
function textOf({ text }: Annotation): string {
  return (text ?? '')
    .slice(0, 20_000)
    .replace(/<[^<>]{0,300}>/g, ' ')
    .replace(/&(lt|gt|quot|#39|nbsp|amp);/g, (_, name: string) => ENTITIES[name] ?? '')
    .replace(/\s+/g, ' ')
    .trim();
}

function untilOf({ time, timeEnd }: Annotation): number | undefined {
  return typeof timeEnd === 'number' && timeEnd > time ? timeEnd : undefined;
}

function said(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? String(time) : date.toISOString();
}
