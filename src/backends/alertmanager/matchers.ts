import { unquoteGo } from '../go-string.ts';

export type Op = '=' | '!=' | '=~' | '!~';

export interface Matcher {
  readonly label: string;
  readonly op: Op;
  readonly value: string;
  /** Where it begins in the query, counted from 0. */
  readonly at: number;
}

/** What is asked of Alertmanager: alerts that meet all matchers, and go to one of the receivers. */
export interface Selection {
  readonly matchers: readonly Matcher[];
  /** `receiver="oncall"` names a receiver of the configuration, not a label; with `=~` a pattern of them. */
  readonly receiver?: Matcher;
}

/** Characters; a longer query is left to the server. */
const LONGEST = 8_000;

const NAME = '[A-Za-z_:][\\w:]*';
const QUOTED = '"(?:[^"\\\\\\n]|\\\\.)*"';
const ONE = new RegExp(
  `(?<gap>[\\s,]*)(?<label>${NAME}|${QUOTED})\\s*(?<op>=~|!~|!=|=)\\s*(?<value>${QUOTED}|[^\\s,{}"'\`=~!]+)`,
  'y',
);

/**
 * Reads matchers as Alertmanager's page and amtool take them: `{severity="page", team=~"a|b"}`, with or without braces,
 * quotes optional around simple values, or a bare word for an alert of that name. Nothing at all is every alert. Undefined
 * where it is something else. https://prometheus.io/docs/alerting/latest/configuration/#matcher
 */
export function readMatchers(query: string): Selection | undefined {
  if (query.length > LONGEST) return undefined;
  const bare = query.trim();
  if (new RegExp(`^${NAME}$`).test(bare))
    return { matchers: [{ label: 'alertname', op: '=', value: bare, at: query.indexOf(bare) }] };
  const braces = bare.startsWith('{');
  if (braces !== bare.endsWith('}')) return undefined;
  let at = braces ? query.indexOf('{') + 1 : 0;
  const end = braces ? query.lastIndexOf('}') : query.length;
  const matchers: Matcher[] = [];
  const receivers: Matcher[] = [];
  while (/[^\s,]/.test(query.slice(at, end))) {
    ONE.lastIndex = at;
    const groups = ONE.exec(query)?.groups;
    if (!groups || ONE.lastIndex > end) return undefined;
    const { gap = '', label = '', op = '=', value = '' } = groups;
    const one = { label: plain(label), op: op as Op, value: plain(value), at: at + gap.length };
    // A quoted "receiver" is a label.
    (label === 'receiver' ? receivers : matchers).push(one);
    at = ONE.lastIndex;
  }
  const [receiver] = receivers;
  if (receivers.length > 1 || receiver?.op.startsWith('!')) return undefined;
  return { matchers, ...(receiver && { receiver }) };
}

function plain(text: string): string {
  return text.startsWith('"') ? unquoteGo(text) : text;
}

/** One matcher as every version takes it: older ones know no escapes but these. */
export function writeMatcher({ label, op, value }: Pick<Matcher, 'label' | 'op' | 'value'>): string {
  const name = new RegExp(`^${NAME}$`).test(label) ? label : quoted(label);
  return `${name}${op}${quoted(value)}`;
}

export function writeMatchers(matchers: readonly Pick<Matcher, 'label' | 'op' | 'value'>[]): string {
  return `{${matchers.map(writeMatcher).join(',')}}`;
}

/** The receiver as the pattern that the API and the page take; both match it whole. */
export function receiverPattern({ op, value }: Matcher): string {
  return op === '=' ? value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') : value;
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`;
}
