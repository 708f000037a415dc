import { type Incident, incidentId } from '../../src/domain/incident.ts';
import { type Suggested, type Suggestion, sameRef } from '../../src/domain/knowledge/suggestion.ts';
import { ACTIONS, encodeRef, numbered, SUGGESTION_CLICKS } from '../action-ids.ts';
import { actions, button } from '../controls.ts';
import { brief, message } from '../fit.ts';
import { notification } from '../headline.ts';
import type { Block, Element, Message, Reading } from '../message.ts';
import { lines, section } from '../rich.ts';
import { bold, code, type Inline, moment, nameOf, ours, plain, words } from '../text.ts';
import { tierName } from './tier-name.ts';

/** Matching words that are named; the rest is counted. */
const WORDS_SHOWN = 4;

/** Past incidents and patterns that an incident looks like, each with why and its next step. */
export function suggestionCard(incident: Incident, suggested: Suggested, reading: Reading): Message {
  const id = incidentId(incident.number);
  const names = suggested.suggestions.map(({ name }) => brief(name, 60));
  return message(notification(incident, 'looks like', names.join(', ')), [
    lines([section(bold(`${id} · looks like something known`))]),
    ...suggested.suggestions.flatMap((one, index) => suggestion(incident, suggested, one, index, reading)),
  ]);
}

function suggestion(
  incident: Incident,
  { seq, dismissed }: Suggested,
  one: Suggestion,
  index: number,
  reading: Reading,
): Block[] {
  const name = brief(one.name, 120);
  const by = dismissed[index];
  if (by !== undefined)
    return [lines([section(plain(name, { strike: true }), `  not this, says ${nameOf(by, reading)}`)])];
  const used = incident.usedKnowledge.filter(({ of }) => sameRef(of, one.of));
  const helped = used.find(({ how }) => how === 'helped');
  const value = (click: string) =>
    encodeRef({ incident: incident.number, second: seq, rest: `${index}/${click}` });
  const press = (click: string, label: string): Element =>
    button(numbered(ACTIONS.suggestion, index * 4 + CLICKS.indexOf(click)), label, value(click));
  return [
    lines([
      section(bold(name), '  ', ...whatItIs(one, reading)),
      ...(one.says === undefined ? [] : [section(...words(brief(one.says, 250), reading))]),
      section(ours('Why: ', { italic: true }), ...why(one)),
      ...(one.run === undefined ? [] : [section('Next: ', code(brief(one.run.query, 200)))]),
      ...(helped === undefined ? [] : [section(`Helped ${nameOf(helped.by, reading)}.`)]),
    ]),
    actions(
      ...(one.run === undefined ? [] : [press(SUGGESTION_CLICKS.run, 'Run it')]),
      press(SUGGESTION_CLICKS.show, 'Show'),
      ...(helped === undefined ? [press(SUGGESTION_CLICKS.helped, 'Helped')] : []),
      ...(used.length === 0 ? [press(SUGGESTION_CLICKS.dismiss, 'Not this')] : []),
    ),
  ];
}

const CLICKS: readonly string[] = Object.values(SUGGESTION_CLICKS);

function whatItIs({ of, says }: Suggestion, reading: Reading): readonly Inline[] {
  if (of.kind === 'entry')
    return [
      plain(`${of.in === 'incidents' ? 'past incident' : 'pattern'} · ${tierName(of.shelf)}`, {
        italic: true,
      }),
    ];
  const cause = says === undefined ? ', its cause was not judged' : '';
  return [
    plain('resolved ', { italic: true }),
    moment(of.endedAt, reading, { italic: true }),
    plain(cause, { italic: true }),
  ];
}

/** `same service checkout, `connection pool`, 3 words: retries, upstream, refused`. */
function why({ why: { service, phrases, words: all } }: Suggestion): readonly Inline[] {
  const parts: (readonly Inline[])[] = [
    ...(service === undefined ? [] : [[plain(`same service ${brief(service, 60)}`)]]),
    ...phrases.slice(0, WORDS_SHOWN).map((phrase) => [code(brief(phrase, 60))]),
    ...(all.length === 0
      ? []
      : [
          [
            plain(
              all
                .slice(0, WORDS_SHOWN)
                .map((word) => brief(word, 40))
                .join(', '),
            ),
            ...(all.length > WORDS_SHOWN ? [plain(` and ${all.length - WORDS_SHOWN} words more`)] : []),
          ],
        ]),
  ];
  return parts.flatMap((part, index) => (index === 0 ? part : [plain(', '), ...part]));
}
