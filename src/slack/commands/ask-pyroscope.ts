import { RuleViolation } from '../../domain/errors.ts';
import type { Window } from '../../domain/time.ts';
import type { Call, CommandRow, Said } from '../command-row.ts';
import { askBackend, incidentFor, windowFor } from './ask.ts';
import { type ProfileWords, readProfileWords, type Shift, shifted, type TimeSpan } from './profile-words.ts';

async function profile(call: Call): Promise<Said> {
  const words = readProfileWords(call.text);
  if (!words)
    throw new RuleViolation(
      'profile-unreadable',
      'Which service? `profile checkout`, `profile checkout type:alloc_space`, or two times as in `profile diff checkout 14:00-14:10 vs 13:30-13:40`.',
      [{ label: 'List services', command: 'discover profile services' }],
    );
  if (words.kind === 'query') return await askBackend({ ...call, text: words.query }, 'pyroscope');
  const asked = `${words.type}{service_name=${JSON.stringify(words.service)}}`;
  if (!words.diff) return await askBackend({ ...call, text: asked }, 'pyroscope');
  const { later, earlier } = await timesOf(call, words.diff);
  const text = `diff ${asked} vs ${iso(earlier.from)}..${iso(earlier.to)}`;
  const { since: _since, around: _around, at: _at, ...options } = call.options;
  // Resolved once: what is asked, shown and asked again is the same.
  const over = { ...options, from: iso(later.from), to: iso(later.to) };
  return await askBackend({ ...call, text, options: over }, 'pyroscope');
}

/** Both times, absolute: clock times are the reader's. */
async function timesOf(
  call: Call,
  { later, earlier }: NonNullable<Extract<ProfileWords, { kind: 'service' }>['diff']>,
): Promise<{ readonly later: Window; readonly earlier: Window }> {
  const incident = await incidentFor(call);
  const over = ({ from, to }: TimeSpan) => windowFor({ ...call, options: { from, to } }, incident);
  const now = later ? await over(later) : await windowFor(call, incident);
  return { later: now, earlier: isSpan(earlier) ? await over(earlier) : shifted(now, earlier) };
}

function isSpan(earlier: TimeSpan | Shift): earlier is TimeSpan {
  return 'from' in earlier;
}

function iso(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}

export const PROFILE: readonly CommandRow[] = [
  {
    name: 'profile',
    also: ['pyroscope', 'flamegraph'],
    group: 'ask',
    usage:
      'profile <service> [type:cpu] | diff <service> [14:00-14:10] vs <13:30-13:40 | 10m before> [env:prod] [since:30m | from:14:10 to:14:40 | around:14:32 | at:14:32]',
    summary: 'Where a service spends its CPU or memory, and what grew since an earlier time.',
    examples: [
      'profile checkout',
      'profile checkout type:alloc_space since:10m',
      'profile diff checkout 14:00-14:10 vs 13:30-13:40',
      'profile diff checkout since:10m vs 1h before',
    ],
    options: ['env', 'since', 'from', 'to', 'around', 'at'],
    target: 'any',
    asks: 'pyroscope',
    run: profile,
  },
];
