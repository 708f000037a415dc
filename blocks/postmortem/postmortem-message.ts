import { openActions } from '../../src/domain/action-item.ts';
import { claims } from '../../src/domain/claim.ts';
import { type Incident, incidentId } from '../../src/domain/incident.ts';
import { PARTS } from '../../src/domain/postmortem/parts.ts';
import type { Postmortem } from '../../src/domain/postmortem/postmortem.ts';
import type { Written } from '../../src/domain/postmortem/written.ts';
import { sayDuration } from '../../src/domain/time.ts';
import { ACTIONS, encodeRef } from '../action-ids.ts';
import { actions, button } from '../controls.ts';
import { brief, message } from '../fit.ts';
import { notification } from '../headline.ts';
import { claimText } from '../investigation/claim.ts';
import type { Message, Reading, TextFile } from '../message.ts';
import { labelled, lines, section } from '../rich.ts';
import { type Inline, link, notation, ours, words } from '../text.ts';

/** A postmortem is out: five numbers, the cause, where to read it, and what only people can still say. */
export function postmortemMessage(
  incident: Incident,
  postmortem: Postmortem,
  { revision, canvas, noCanvas, left }: Written,
  reading: Reading,
): Message {
  const files: TextFile[] = [];
  const draft = postmortem.draft ? 'draft' : 'postmortem';
  const silent = PARTS.filter(
    ({ name }) => !postmortem.contributed.words.some((one) => one.part === name && one.text !== ''),
  );
  const value = encodeRef({ incident: incident.number });
  return message(
    notification(incident, postmortem.draft ? 'postmortem draft' : 'postmortem', postmortem.title),
    [
      lines([
        section(
          ours(`${incidentId(incident.number)} · postmortem${postmortem.draft ? ' draft' : ''}`, {
            bold: true,
          }),
          ours(` · revision ${revision}`),
        ),
        section(words(brief(postmortem.title, 300), reading)),
        section(ours(numbers(postmortem).join(' · '))),
        labelled('Root cause', cause(incident, postmortem, reading, files)),
        section(
          ...(canvas?.url === undefined ? [] : [link(canvas.url, 'Open the canvas'), ours(' · ')]),
          ours(`markdown, HTML and JSON are in this thread`),
        ),
        ...(noCanvas === undefined ? [] : [section(notation(noCanvas, reading))]),
        ...(left.length === 0
          ? []
          : [
              section(
                ours(
                  `Left as people changed them in the canvas: ${brief(left.join(', '), 400)}. The files have both.`,
                ),
              ),
            ]),
        ...(silent.length === 0
          ? []
          : [
              section(
                ours(`Only people can say: ${silent.map(({ title }) => title.toLowerCase()).join(', ')}.`),
              ),
            ]),
      ]),
      actions(
        button(
          ACTIONS.fillPostmortem,
          'Fill in',
          value,
          draft === 'postmortem' && silent.length > 0 ? 'primary' : undefined,
        ),
        button(ACTIONS.writePostmortem, 'Regenerate', value),
      ),
    ],
    files,
  );
}

function numbers(postmortem: Postmortem): readonly string[] {
  const { impact, times, communication, unverified, actions: items } = postmortem;
  const start = times.impactAt ?? times.declaredAt;
  return [
    `Impact ${impact.duration === undefined ? 'not known' : sayDuration(impact.duration)}`,
    times.mitigatedAt === undefined
      ? 'not mitigated'
      : `mitigated after ${sayDuration(Math.max(0, times.mitigatedAt - start))}`,
    communication.of === 0
      ? 'no update was due'
      : `${communication.kept} of ${communication.of} updates in time`,
    `${unverified.length} unverified`,
    items.length === 0
      ? 'no action items'
      : `${openActions({ actions: items }).length} of ${items.length} action items open`,
  ];
}

function cause(incident: Incident, { rootCause }: Postmortem, reading: Reading, files: TextFile[]): Inline[] {
  const whole = { name: `inc-${incident.number}-cause.txt`, title: 'Root cause', files, max: 600 };
  if (rootCause.kind === 'established') {
    const text = `${rootCause.statement} (${rootCause.evidence.join(', ')})`;
    const claim = { ...claims(text, incident.evidence), verified: true };
    return claimText(claim, incident.evidence, reading, whole);
  }
  const { best } = rootCause;
  if (best === undefined) return [ours('not established, and nobody stated one')];
  const claim = { ...claims(best.text, incident.evidence), verified: false };
  return [ours('not established. '), ...claimText(claim, incident.evidence, reading, whole)];
}
