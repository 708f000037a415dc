import type { Window } from '../../src/domain/time.ts';
import { brief, message, some } from '../fit.ts';
import { plainNotification } from '../headline.ts';
import type { Message, Reading } from '../message.ts';
import { bullets, lines, section } from '../rich.ts';
import { bold, code, link, ours, plain, sayWindow } from '../text.ts';

/** A page of graphs, linked over the window that was asked for. */
export interface DashboardFound {
  readonly title: string;
  readonly folder?: string;
  readonly tags: readonly string[];
  readonly url: string;
}

export interface DashboardsAsked {
  /** As people name it: `Grafana prod`. */
  readonly title: string;
  /** The words that were looked for; empty for all. */
  readonly words: string;
  readonly window: Window;
  /** The command that lists every dashboard by name. */
  readonly list: string;
}

/** Dashboards with the words, the best first, each with a link that opens it over the window. */
export function dashboardsMessage(
  found: readonly DashboardFound[],
  { title, words, window, list }: DashboardsAsked,
  reading: Reading,
): Message {
  const name = brief(title, 100);
  const about = words === '' ? '' : ` with "${brief(words, 80)}"`;
  if (found.length === 0)
    return message(plainNotification(`${name} has no dashboard${about}`), [
      lines([
        section(
          bold(name),
          plain(` has no dashboard${about} in its title or as a tag. All: `),
          code(brief(list, 120)),
        ),
      ]),
    ]);
  const head = `${some(found.length, 'dashboard')}${about}`;
  return message(plainNotification(`${name}: ${head}`), [
    lines([section(bold(name), plain(` · ${head}`), ours(` · ${sayWindow(window, reading)}`))]),
    bullets(found.map(line)),
  ]);
}

function line({ title, folder, tags, url }: DashboardFound) {
  const rest = [folder === undefined ? '' : brief(folder, 60), brief(tags.join(', '), 100)].filter(Boolean);
  // A title is somebody's words, which a link must not borrow: it could name another address.
  return section(
    bold(brief(title, 120) || 'untitled'),
    ...(rest.length > 0 ? [plain(` · ${rest.join(' · ')}`)] : []),
    ours(' · '),
    link(url, 'Open'),
  );
}
