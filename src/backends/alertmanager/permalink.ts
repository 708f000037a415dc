import { type Matcher, readMatchers, receiverPattern, type Selection, writeMatchers } from './matchers.ts';

/**
 * The address of Alertmanager's page with these alerts, silenced and inhibited ones included. The page shows what is so when it
 * is opened and knows no times: https://github.com/prometheus/alertmanager/blob/main/ui/app/src/Utils/Filter.elm
 * User-info, query and fragment of `base` are dropped.
 */
export function permalink(base: string, { matchers, receiver }: Selection): string {
  const root = new URL(base);
  const path = root.pathname.replace(/\/+$/, '');
  const params = [
    ['silenced', 'true'],
    ['inhibited', 'true'],
    ['active', 'true'],
    ...(matchers.length > 0 ? [['filter', writeMatchers(matchers)]] : []),
    ...(receiver ? [['receiver', receiverPattern(receiver)]] : []),
  ];
  const search = params.map(([key = '', value = '']) => `${key}=${encodeURIComponent(value)}`).join('&');
  return `${root.origin}${path}/#/alerts?${search}`;
}

/** Reads a link of the page back as a query; undefined where it is another page. */
export function parsePermalink(link: string): { readonly query: string } | undefined {
  const url = URL.parse(link);
  const found = /^#\/alerts(?:\?(.*))?$/s.exec(url?.hash ?? '');
  if (!found) return undefined;
  const params = new URLSearchParams(found[1]);
  const selection = readMatchers(params.get('filter') ?? '');
  if (!selection) return undefined;
  const pattern = params.get('receiver');
  const receiver: Pick<Matcher, 'label' | 'op' | 'value'>[] =
    pattern === null ? [] : [{ label: 'receiver', ...readPattern(pattern) }];
  return { query: writeMatchers([...receiver, ...selection.matchers]) };
}

function readPattern(pattern: string): Pick<Matcher, 'op' | 'value'> {
  const value = pattern.replace(/\\([\\^$.*+?()[\]{}|])/g, '$1');
  const name = receiverPattern({ label: 'receiver', op: '=', value, at: 0 });
  return name === pattern ? { op: '=', value } : { op: '=~', value: pattern };
}
