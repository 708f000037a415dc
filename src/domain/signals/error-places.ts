import type { Answer } from '../evidence.ts';
import { ENDPOINT_LABELS, OUTCOME_LABELS } from './conventions.ts';
import type { ErrorPlace } from './report.ts';

/** The rows of the table of errors, the most frequent first. `service` is named where no label does. */
export function errorPlaces({ result }: Pick<Answer, 'result'>, service: string): readonly ErrorPlace[] {
  if (result.kind !== 'series') return [];
  return result.series
    .flatMap(({ labels, samples }): ErrorPlace[] => {
      const perSecond = samples.at(-1)?.value;
      if (perSecond === undefined || !(perSecond > 0)) return [];
      const of = (names: readonly string[]) =>
        names.map((one) => labels[one]).find((one) => one !== undefined);
      const endpoint = of(ENDPOINT_LABELS);
      const code = of(OUTCOME_LABELS);
      const own = Object.entries(labels).find(
        ([name]) => !ENDPOINT_LABELS.includes(name) && !OUTCOME_LABELS.includes(name),
      );
      return [
        {
          service: own?.[1] ?? service,
          ...(endpoint !== undefined && { endpoint }),
          ...(code !== undefined && { code }),
          perSecond,
        },
      ];
    })
    .toSorted((a, b) => b.perSecond - a.perSecond);
}
