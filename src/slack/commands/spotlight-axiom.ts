import { BackendError, RuleViolation } from '../../domain/errors.ts';
import { readDataset, sinceApl, spotlightApl } from '../../domain/signals/spotlight-apl.ts';
import type { Window } from '../../domain/time.ts';
import type { Call, Said } from '../command-row.ts';
import { bareQuery } from '../words/bare-query.ts';
import { askBackend, incidentFor, PATIENCE, windowFor } from './ask.ts';
import { backendFor } from './report.ts';

/**
 * Axiom's own `spotlight`, over the fields that the dataset's schema tells: the events that meet the condition against the rest,
 * or the window against as long a stretch before it. The answer is evidence like any other, as Axiom gives it.
 */
export async function spotlightInAxiom(call: Call, text: string, timed: boolean): Promise<Said> {
  const named = readDataset(bareQuery(text));
  if (!named || (named.rest === '' && !timed))
    throw new RuleViolation(
      'spotlight-needs',
      "Distinguish what from the rest? `spotlight axiom ['traces'] status >= 500` compares the events that meet the condition with the rest, `spotlight axiom ['traces'] since:30m` these minutes with the 30 before.",
    );
  const backend = backendFor(call, 'axiom');
  const window = await windowFor(call, await incidentFor(call));
  const minutes = named.rest === '';
  const whole: Window = minutes ? { from: 2 * window.from - window.to, to: window.to } : window;
  const signal = AbortSignal.timeout(PATIENCE);
  const schema = await backend.schema?.(named.dataset, whole, signal);
  const query =
    schema && spotlightApl(named.dataset, minutes ? sinceApl(window.from) : named.rest, schema.fields);
  if (query === undefined)
    throw new BackendError(
      'unknown-source',
      `No field of \`${named.dataset.replaceAll('`', "'")}\` tells its events apart in groups.`,
      {
        asked: backend.title,
      },
    );
  const { env } = call.options;
  const [from, to] = [whole.from, whole.to].map((at) => new Date(at).toISOString());
  const options = { from: from ?? '', to: to ?? '', ...(env !== undefined && { env }) };
  return askBackend({ ...call, text: query, options: minutes ? options : call.options }, 'axiom');
}
