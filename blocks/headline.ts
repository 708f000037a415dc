import { type Incident, incidentId, type Severity } from '../src/domain/incident.ts';
import { brief, shorten } from './fit.ts';
import { escapeText } from './text.ts';

const COLOUR: Readonly<Record<Severity, string>> = { P1: '🔴', P2: '🟠', P3: '🟡', P4: '⚪' };

/** The one emoji that carries the state; none for a false alarm or a merged incident. */
export function stateMark(incident: Pick<Incident, 'phase' | 'severity'>): string {
  if (incident.phase === 'investigating') return COLOUR[incident.severity];
  return incident.phase === 'mitigated' || incident.phase === 'resolved' ? '🟢' : '';
}

/** `INC-42 P1 · update · 23 % of checkouts fail`, escaped: what a lock screen shows. The substance is cut at 90 characters. */
export function notification(
  incident: Pick<Incident, 'number' | 'severity'>,
  ...parts: readonly string[]
): string {
  const said = parts
    .map((part) => brief(part, 120))
    .filter(Boolean)
    .join(' · ');
  return escapeText(`${incidentId(incident.number)} ${incident.severity} · ${shorten(said, 90)}`);
}

/** An answer that belongs to no incident: the same length, the same escaping. */
export function plainNotification(text: string): string {
  return escapeText(brief(text, 110)) || 'Steady';
}

/** `INC-42 · P1 · Checkout returns 500s`, plain text. */
export function titleLine(incident: Pick<Incident, 'number' | 'severity' | 'title'>, max = 110): string {
  return `${incidentId(incident.number)} · ${incident.severity} · ${brief(incident.title, max)}`;
}

/** How its phase is said in a sentence. */
export function sayPhase(incident: Pick<Incident, 'phase' | 'mergedInto'>): string {
  if (incident.phase === 'cancelled') return 'cancelled: a false alarm';
  if (incident.phase === 'merged' && incident.mergedInto !== undefined)
    return `merged into ${incidentId(incident.mergedInto)}`;
  return incident.phase;
}

/** A claim in a notification: short, and labelled where nothing stands behind it. */
export function sayClaim(claim: { readonly text: string; readonly verified: boolean }): string {
  return claim.verified ? claim.text : `UNVERIFIED: ${claim.text}`;
}
