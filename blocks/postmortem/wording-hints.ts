import type { WordingFinding } from '../../src/domain/postmortem/wording.ts';
import { brief, message } from '../fit.ts';
import { plainNotification } from '../headline.ts';
import type { Message } from '../message.ts';
import { bullets, lines, section } from '../rich.ts';
import { bold, ours, plain } from '../text.ts';

/** Said to whoever wrote or asked, and to nobody else; undefined where there is nothing to say. It changes no word. */
export function wordingHints(findings: readonly WordingFinding[]): Message | undefined {
  const [first] = findings;
  if (first === undefined) return undefined;
  return message(plainNotification(`Wording: “${first.words}”`), [
    lines([
      section(bold('Kept as written.'), ours(' Some of it looks for who; a postmortem asks how and what:')),
    ]),
    bullets(
      findings.map(({ words, why, ask }) =>
        section(
          plain(`“${brief(words, 80)}”`, { bold: true }),
          ours(` · ${why} `),
          ours(ask, { italic: true }),
        ),
      ),
    ),
  ]);
}
