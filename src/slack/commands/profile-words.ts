import { parseDuration, type Window } from '../../domain/time.ts';

/** What `profile` was asked, apart from its options. */
export type ProfileWords =
  /** In the language of Pyroscope's adapter: it goes as it is. */
  | { readonly kind: 'query'; readonly query: string }
  | {
      readonly kind: 'service';
      readonly service: string;
      /** A profile type or a short name of one. */
      readonly type: string;
      readonly diff?: {
        /** The later time, where it is said here and not as an option. */
        readonly later?: TimeSpan;
        readonly earlier: TimeSpan | Shift;
      };
    };

/** Two times as people write them. */
export interface TimeSpan {
  readonly from: string;
  readonly to: string;
}

/** As long as the later time, so much earlier; by its own length where nothing is said. */
export interface Shift {
  readonly by?: number;
}

const CLOCK = '(?:\\d{4}-\\d\\d-\\d\\d[T_])?\\d{1,2}:\\d\\d(?::\\d\\d)?(?:Z|[+-]\\d\\d:\\d\\d)?';
const SPAN = new RegExp(`^(${CLOCK})\\s*(?:-|–|—|\\.\\.|to)\\s*(${CLOCK}|now)$`, 'i');
const SERVICE = /^[\w./:-]{1,200}$/;

/**
 * Reads `checkout`, `checkout type:alloc_space`, `diff checkout 14:00-14:10 vs 13:30-13:40`, `diff checkout vs 10m before`,
 * `diff checkout vs yesterday` and `diff checkout`, which compares with as long a time just before. Undefined for anything else.
 */
export function readProfileWords(text: string): ProfileWords | undefined {
  const asked = text.trim();
  if (asked.includes('{')) return { kind: 'query', query: asked };
  const type = /(?:^|\s)type:(\S+)/.exec(asked)?.[1] ?? 'cpu';
  const words = asked.replace(/(?:^|\s)type:\S+/, ' ').trim();
  const [, diff, service = '', rest = ''] = /^(diff\s+)?(\S+)\s*(.*)$/is.exec(words) ?? [];
  if (!SERVICE.test(service) || (diff === undefined && rest !== '')) return undefined;
  if (diff === undefined) return { kind: 'service', service, type };
  const [laterText = '', earlierText = '', ...more] = rest === '' ? [] : rest.split(/(?:^|\s+)vs\.?\s+/i);
  const later = laterText === '' ? undefined : spanOf(laterText);
  const earlier = earlierText === '' ? {} : (spanOf(earlierText) ?? shiftOf(earlierText));
  if (more.length > 0 || earlier === undefined || (laterText !== '' && later === undefined)) return undefined;
  return { kind: 'service', service, type, diff: { ...(later && { later }), earlier } };
}

function spanOf(text: string): TimeSpan | undefined {
  const [, from, to] = SPAN.exec(text.trim()) ?? [];
  return from === undefined || to === undefined ? undefined : { from, to };
}

function shiftOf(text: string): Shift | undefined {
  const words = text.trim().toLowerCase();
  if (/^(?:just )?before$/.test(words)) return {};
  if (words === 'yesterday') return { by: 86_400_000 };
  const [, length = ''] = /^(\S+)\s+(?:before|earlier|ago)$/.exec(words) ?? [];
  const by = parseDuration(length);
  return by === undefined ? undefined : { by };
}

/** The window that is so much earlier. */
export function shifted({ from, to }: Window, { by = to - from }: Shift): Window {
  return { from: from - by, to: to - by };
}
