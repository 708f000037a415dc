/** Words that look for somebody to blame, with a question that looks for what made it happen. */
export interface WordingFinding {
  /** As they were written, at most 80 characters. */
  readonly words: string;
  readonly at: number;
  readonly why: string;
  /** Asks how and what, not who and why. */
  readonly ask: string;
}

interface Rule {
  readonly pattern: RegExp;
  readonly why: string;
  readonly ask: string;
}

const NAME = String.raw`(?:[@＠][\w.-]{1,40}|<@[UW][A-Z0-9]{1,30}>|@\{[^{}\s]{1,80}\})`;
const FAULT =
  "(?:broke|caused|forgot|missed|messed up|screwed up|ignored|overlooked|misconfigured|deleted by mistake|failed|didn['’]t (?:check|notice|test|read|look)|did not (?:check|notice|test|read|look)|is (?:to blame|at fault|responsible for))";

/** https://sre.google/sre-book/postmortem-culture/ · https://postmortems.pagerduty.com/culture/blameless/ */
const RULES: readonly Rule[] = [
  {
    pattern: /\b(?:human|operator|user|pilot|engineer) errors?\b/gi,
    why: 'It names where the search stopped, not what made the action look right.',
    ask: 'What did the system show at that moment, and what made this the sensible thing to do?',
  },
  {
    pattern:
      /\b(?:should|could|ought to) (?:not |never |really |simply |just )?(?:have|of)\b|\b(?:should|could)n['’]t have\b|\b(?:should|could)['’]ve\b|\b(?:I|we|you|he|she|they|people|somebody|someone|nobody|everyone|@[\w.-]{1,40}) (?:would|might) (?:not |never )?have\b|\bif only\b/gi,
    why: 'It tells of a past that did not happen.',
    ask: 'What happened instead, and what would have to be different for the other way to be the easy one?',
  },
  {
    pattern: /\b(?:failed|forgot|neglected|omitted|did ?n['’]?t bother|refused) to\b/gi,
    why: 'It measures people against what is known only afterwards.',
    ask: 'What did they see and do, and what would have shown them the difference?',
  },
  {
    pattern:
      /\b(?:careless(?:ly|ness)?|negligen(?:t|tly|ce)|sloppy|sloppiness|stupid(?:ly|ity)?|incompeten(?:t|ce)|lazy|laziness|reckless(?:ly|ness)?|inattenti(?:ve|on)|ignorant|ignorance|dumb|clueless)\b/gi,
    why: 'It judges somebody’s character, which no change to the system can mend.',
    ask: 'What was asked of people at that time, with how much time and which tools?',
  },
  {
    pattern: new RegExp(String.raw`${NAME}(?:['’]s (?:fault|mistake|error)| ${FAULT}\b)`, 'gi'),
    why: 'It makes a person the subject of a fault.',
    ask: 'Which step, tool or gap let this through, whoever had been there?',
  },
  {
    pattern:
      /\b(?:(?:his|her|their|my|your|somebody['’]s|someone['’]s|whose) (?:fault|mistake)|at fault|to blame|blam(?:e|ed|ing)|culprit (?:is|was)|guilty)\b/gi,
    why: 'It looks for somebody to answer for it.',
    ask: 'Which conditions came together, and which of them can be changed?',
  },
  {
    pattern:
      /\b(?:obvious(?:ly)?|of course|common sense|everyone knows|any(?:one|body) (?:could|would) (?:see|have seen))\b/gi,
    why: 'It is obvious only now.',
    ask: 'What was visible at the time, and where?',
  },
  {
    pattern:
      /\b(?:why did(?:n['’]t)? (?:you|he|she|they|anyone|nobody)|who (?:broke|caused|did) (?:it|this|that))\b/gi,
    why: 'Asked so, it is answered with a defence.',
    ask: 'How did it come about, and what happened just before?',
  },
  {
    pattern: /\b(?:be|being) more careful\b|\b(?:pay|paying) (?:more|closer) attention\b|\btry harder\b/gi,
    why: 'Nobody can be asked to be careful for ever.',
    ask: 'Which check, default or limit would catch it when nobody is careful?',
  },
];

/** More than these are one message: read it again. */
const MOST = 10;
/** Beyond this nobody reads it anyway, and the pattern costs time. */
const LOOKED_AT = 100_000;

/** What in people's words, or in ours, looks for blame; in the order it is written. It changes nothing and refuses nothing. */
export function blameIn(text: string): readonly WordingFinding[] {
  const looked = text.slice(0, LOOKED_AT);
  const found = RULES.flatMap(({ pattern, why, ask }) =>
    [...looked.matchAll(pattern)].map((match) => ({
      words: match[0].slice(0, 80),
      at: match.index,
      why,
      ask,
    })),
  );
  const ordered = found.toSorted((a, b) => a.at - b.at);
  // Two rules may see the same words; once is enough.
  return ordered
    .filter((one, index) => {
      const before = ordered[index - 1];
      return before === undefined || one.at >= before.at + before.words.length;
    })
    .slice(0, MOST);
}
