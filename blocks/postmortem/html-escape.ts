import { clean } from '../text.ts';

/** People's and backends' words in HTML, as text or within a quoted attribute. */
export function html(text: string): string {
  return clean(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
