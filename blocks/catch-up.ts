import type { Incident } from '../src/domain/incident.ts';
import { leading, ruledOut } from '../src/domain/investigation/hypothesis.ts';
import { showUpdate } from '../src/domain/update.ts';
import { message, shorten } from './fit.ts';
import { notification, sayPhase, titleLine } from './headline.ts';
import { claimText, evidenceLinks } from './investigation/claim.ts';
import { ruledOutLine, standLine } from './investigation/hypothesis-card.ts';
import { openTestsLine } from './investigation/open-tests.ts';
import type { Message, Reading } from './message.ts';
import { labelled, lines, section } from './rich.ts';
import { bold, moment, nameOf, plain, words } from './text.ts';

/** Five lines, private, for someone who joins: impact, lead, tried, ruled out, next update. */
export function catchUp(incident: Incident, reading: Reading): Message {
  const impact = incident.updates.findLast((one) => one.fields.impact !== undefined);
  const claim = impact && showUpdate(impact.fields, incident.evidence).impact;
  const doing = incident.updates.findLast((one) => one.fields.doing !== undefined)?.fields.doing;
  const asked = incident.evidence.map((one) => one.id);
  const [first, out] = [leading(incident), ruledOut(incident)];
  const whole = { name: 'impact', title: 'the timeline', files: [], max: 300 };
  return message(notification(incident, 'catch-up', incident.title), [
    lines([
      section(bold(titleLine(incident)), ` · ${sayPhase(incident)}`),
      claim
        ? labelled('Impact', claimText(claim, incident.evidence, reading, whole))
        : labelled('Impact', 'not said yet'),
      labelled('Lead', plain(nameOf(incident.lead, reading))),
      labelled(
        'Tried',
        ...(doing === undefined ? ['nothing said yet'] : [words(shorten(doing, 300), reading)]),
        ...(asked.length > 0 ? [' · asked ', evidenceLinks(asked.slice(-6), incident.evidence)] : []),
      ),
      ...(first ? [labelled('Leading', ...standLine(first, reading))] : []),
      labelled(
        'Ruled out',
        ...(out.length > 0 ? ruledOutLine(out, incident.evidence, reading) : ['nothing yet']),
      ),
      ...openTestsLine(incident),
      incident.promise
        ? labelled('Next update', 'due ', moment(incident.promise.dueAt, reading))
        : labelled('Next update', 'none promised'),
    ]),
  ]);
}
