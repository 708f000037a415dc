import { type Incident, type Recorded, STEADY } from '../incident.ts';
import { type Duration, HOUR, type Instant, MINUTE } from '../time.ts';
import type { MitigationKind } from './triage.ts';

/** A deploy or a flag that a system told of while the incident was open. */
export interface SeenChange {
  readonly at: Instant;
  readonly kind: 'deploy' | 'flag';
  readonly title: string;
  readonly service?: string;
  readonly version?: string;
  /** The system that told of it, as people know it: `Sentry prod`. */
  readonly source: string;
  readonly url?: string;
}

/** What tells two changes apart. */
export interface ChangeMark {
  readonly at: Instant;
  readonly title: string;
  readonly service?: string;
  readonly version?: string;
}

/** Two systems tell of one deploy within this. */
const SAME: Duration = 2 * MINUTE;
/** An announcement holds for what follows it within an hour; words, for what follows within half of one. */
const ANNOUNCED_FOR: Duration = HOUR;
const SAID_FOR: Duration = 30 * MINUTE;
const VERSION = /\d+\.\d+(?:\.\d+)*/;
/** What people write when they change something, or undo it. */
const CHANGING =
  /\b(?:roll(?:ed|ing|s)?[ -]?back|revert(?:ed|ing|s)?|deploy(?:ed|ing)|releas(?:ed|ing)|roll(?:ed|ing)[ -]?out|shipp(?:ed|ing)|hotfix(?:ed|ing)?|patch(?:ed|ing)|toggl(?:ed|ing)|(?:turn|switch)(?:ed|ing) (?:off|on|back))\b/i;
const UNDOES: Readonly<Record<SeenChange['kind'], MitigationKind>> = { deploy: 'rollback', flag: 'flag' };

/** Whether two systems tell of the same change: the same words or the same version within a minute or two. */
export function sameChange(one: ChangeMark, other: ChangeMark): boolean {
  if (Math.abs(one.at - other.at) > SAME) return false;
  const [label, otherLabel] = [changeLabel(one), changeLabel(other)];
  const version = VERSION.exec(label)?.[0];
  return label === otherLabel || (version !== undefined && VERSION.exec(otherLabel)?.[0] === version);
}

/** Whether it came during the incident, and nothing told of it before. */
export function isNewChange(
  { declaredAt, changes }: Pick<Incident, 'declaredAt' | 'changes'>,
  change: SeenChange,
): boolean {
  return (
    change.at > declaredAt && !changes.some((one) => one.kind === change.kind && sameChange(one, change))
  );
}

/** `deploy of checkout v2`: its title with what that does not say already. */
export function changeLabel({ title, service, version }: ChangeMark): string {
  const more = [service, version].filter((one) => one !== undefined && !title.includes(one));
  return [title, ...more].join(' ');
}

/** Whether a change may be about this incident: it names no service, or this one's. */
export function concerns(
  change: ChangeMark,
  { service, title }: Pick<Incident, 'service' | 'title'>,
): boolean {
  if (change.service === undefined) return true;
  return service === undefined ? names(title, change.service) : same(service, change.service);
}

/** Somebody said so: a mitigation that was announced, an update, a note or a marked message that names it. */
export function wasAnnounced(incident: Incident, change: SeenChange): boolean {
  const { service } = change;
  const started = incident.started.some(
    (one) =>
      one.kind === UNDOES[change.kind] &&
      (one.target.service === undefined || service === undefined || same(one.target.service, service)) &&
      one.at >= change.at - ANNOUNCED_FOR,
  );
  return (
    started ||
    incident.timeline.some((one) => saidAt(one) >= change.at - SAID_FOR && tells(one, change, incident))
  );
}

function tells(recorded: Recorded, change: ChangeMark, { service, title }: Incident): boolean {
  const said = saying(recorded);
  if (said === undefined) return false;
  if (change.version !== undefined && names(said, change.version)) return true;
  // A title of one plain word, such as `deploy`, names nothing.
  if (/\s|\d/.test(change.title) && names(said, change.title)) return true;
  if (!CHANGING.test(said)) return false;
  // In the channel of an incident about checkout, "rolled back" needs no name.
  return (
    change.service === undefined ||
    names(said, change.service) ||
    (service === undefined ? names(title, change.service) : same(service, change.service))
  );
}

function saidAt({ at, event }: Recorded): Instant {
  return event.type === 'entry-added' ? event.writtenAt : at;
}

/** The words of people on the timeline that can announce something. */
function saying({ event }: Recorded): string | undefined {
  if (event.by === STEADY) return undefined;
  switch (event.type) {
    case 'updated':
    case 'update-fixed':
      return [event.fields.impact, event.fields.known, event.fields.doing].join('\n');
    case 'noted':
    case 'mitigated':
    case 'resolution-proposed':
    case 'claimed':
    case 'entry-added':
    case 'entry-edited':
      return event.text;
    default:
      return undefined;
  }
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Whether a text has a name as a word of its own. */
function names(text: string, name: string): boolean {
  if (name.trim() === '') return false;
  const at = text.toLowerCase().indexOf(name.toLowerCase());
  if (at < 0) return false;
  const around = `${text[at - 1] ?? ' '}${text[at + name.length] ?? ' '}`;
  return !/[\p{L}\p{N}_]/u.test(around);
}
