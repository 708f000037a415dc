import { isTable } from './environment.ts';
import type { KeyPath } from './key-lines.ts';
import { parseUrl } from './readers.ts';
import { patternFault } from './safe-pattern.ts';
import { Text } from './text.ts';

/** Reports patterns of `[links]` that do not compile or could run long, and addresses that lead nowhere. */
export function checkLinks(
  settings: Record<string, unknown>,
  report: (path: KeyPath, message: string) => void,
): void {
  const links = settings.links;
  if (!isTable(links)) return;
  for (const [pattern, target] of Object.entries(links)) {
    const at = ['links', pattern];
    const fault = patternFault(pattern);
    if (fault !== undefined) report(at, `the pattern ${fault}`);
    if (!(target instanceof Text) || target.broken || target.value.trim() === '') continue;
    const url = parseUrl(target.value.trim().replace(/\$\d/g, '0'));
    const web = url?.protocol === 'https:' || url?.protocol === 'http:';
    if (url === undefined || !web) report(at, 'leads to no address that begins with http:// or https://');
    else if (url.username !== '' || url.password !== '')
      report(at, 'has a user name or password in its address');
    else if (/^[a-z]+:\/\/[^/]*\$\d/.test(target.value.trim()))
      report(at, 'fills the match into the host; a message could then choose where the link leads');
    if (fault !== undefined) continue;
    const used = [...target.value.matchAll(/\$(\d)/g)].map((one) => Number(one[1]));
    const groups = (new RegExp(`${pattern}|`, 'u').exec('')?.length ?? 1) - 1;
    if (used.length === 0) report(at, 'does not say where the match goes; write $0 in the address');
    for (const group of used)
      if (group > groups)
        report(at, `uses $${group}, and the pattern has ${groups === 0 ? 'no groups' : `${groups} groups`}`);
  }
}
