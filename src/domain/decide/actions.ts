import { type ActionCommand, type ActionItem, openActions } from '../action-item.ts';
import { RuleViolation } from '../errors.ts';
import { type Incident, incidentId } from '../incident.ts';
import { DAY, type Instant, sayDuration } from '../time.ts';
import { isPlaceholder } from './hypotheses.ts';
import { type Deciders, oneLine } from './rules.ts';

/** A date further away is a slip of the finger. */
const FURTHEST = 2 * 366 * DAY;

/** What is to be done because of it. */
export const ACTIONS: Deciders<ActionCommand> = {
  'add-action': (incident, { owner, dueAt, link, ...command }, { now }) => {
    if (incident.phase === 'merged' && incident.mergedInto !== undefined) {
      const into = incidentId(incident.mergedInto);
      throw new RuleViolation(
        'action-merged',
        `${incidentId(incident.number)} was merged into ${into}, so its action items are kept there: \`${into} action …\`.`,
      );
    }
    const text = wordsOf(incident, command.text);
    return [
      {
        type: 'action-added',
        action: `A${incident.actions.length + 1}`,
        text,
        ...(owner !== undefined && { owner }),
        ...(dueAt !== undefined && { dueAt: inTime(dueAt, now) }),
        ...(link !== undefined && { link }),
      },
    ];
  },
  'change-action': (incident, { action: id, owner, dueAt, ...command }, { now }) => {
    const item = openAction(incident, id, now);
    const text = command.text === undefined ? item.text : wordsOf(incident, command.text, item);
    const changed = {
      ...(text !== item.text && { text }),
      ...(owner !== undefined && owner !== item.owner && { owner }),
      ...(dueAt !== undefined && dueAt !== item.dueAt && { dueAt: inTime(dueAt, now) }),
    };
    return Object.keys(changed).length === 0 ? [] : [{ type: 'action-changed', action: item.id, ...changed }];
  },
  'close-action': (incident, { action: id, how, ...command }, { now }) => {
    const item = openAction(incident, id, now);
    const reason = oneLine(command.reason ?? '');
    if (how === 'dropped' && isPlaceholder(reason))
      throw new RuleViolation(
        'reason-needed',
        `Why is ${item.id} dropped? \`action ${item.id} drop the service is being retired\`. Whoever reads the postmortem will ask.`,
      );
    return [{ type: 'action-closed', action: item.id, how, ...(reason !== '' && { reason }) }];
  },
  'reopen-action': (incident, { action: id }) => {
    const item = actionNamed(incident, id);
    return item.closed ? [{ type: 'action-reopened', action: item.id }] : [];
  },
};

/** The action item of that name, or a refusal that says which there are. */
export function actionNamed(incident: Incident, id: string): ActionItem {
  const found = incident.actions.find((one) => one.id === id.toUpperCase());
  if (found) return found;
  const inc = incidentId(incident.number);
  const open = openActions(incident).map((one) => one.id);
  throw new RuleViolation(
    'no-such-action',
    open.length === 0
      ? `${inc} has no open action items. \`action <what to do> @owner due:fri\` adds one.`
      : `${inc} has no ${id.slice(0, 20)}. Open: ${open.slice(0, 10).join(', ')}.`,
    [{ label: 'Action items', command: `actions ${inc}` }],
  );
}

function openAction(incident: Incident, id: string, now: Instant): ActionItem {
  const item = actionNamed(incident, id);
  if (!item.closed) return item;
  const { how, by, at } = item.closed;
  throw new RuleViolation(
    'action-closed',
    `${item.id} was ${how === 'done' ? 'done' : 'dropped'} by @{${by}} ${sayDuration(now - at)} ago.`,
    [{ label: `Reopen ${item.id}`, command: `${incidentId(incident.number)} action ${item.id} reopen` }],
  );
}

function wordsOf(incident: Incident, said: string, own?: ActionItem): string {
  const text = oneLine(said);
  if (isPlaceholder(text))
    throw new RuleViolation(
      'action-needed',
      'What is to be done, by whom, until when? `action Alert on pool use above 80 % @Mara due:fri`.',
    );
  const same = openActions(incident).find(
    (one) => one.id !== own?.id && one.text.toLowerCase() === text.toLowerCase(),
  );
  if (same) throw new RuleViolation('same-action', `${same.id} says that already.`);
  return text;
}

function inTime(dueAt: Instant, now: Instant): Instant {
  if (dueAt <= now)
    throw new RuleViolation(
      'due-passed',
      'That date has passed. Give one that is to come, such as `due:fri`.',
    );
  if (dueAt - now > FURTHEST)
    throw new RuleViolation(
      'due-too-far',
      'That is more than two years away; nobody will remember why. Give a nearer date, such as `next:30d`.',
    );
  return dueAt;
}
