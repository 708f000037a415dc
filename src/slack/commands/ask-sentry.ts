import type { CommandRow } from '../command-row.ts';
import type { OptionName } from '../words/parse-command.ts';
import { askBackend } from './ask.ts';

const OPTIONS: readonly OptionName[] = ['env', 'since', 'from', 'to', 'around', 'at'];
const WHEN = '[env:prod] [since:30m | from:14:10 to:14:40 | around:14:32 | at:14:32]';

export const SENTRY: readonly CommandRow[] = [
  {
    name: 'sentry',
    also: [],
    group: 'ask',
    usage: `sentry new [search] | issues [search] [sort:freq] | issue <id> | tags <id> <key> | events [search] [fields:release,count()] ${WHEN}`,
    summary: 'What is new in Sentry, one issue with its stack trace, or any search of issues and events.',
    examples: [
      'sentry new',
      'sentry issues is:unresolved environment:production sort:freq',
      'sentry issue CHECKOUT-4F',
      'sentry tags CHECKOUT-4F region since:1h',
      'sentry events level:error fields:release,count()',
    ],
    options: OPTIONS,
    target: 'any',
    asks: 'sentry',
    run: (call) => askBackend({ ...call, text: call.text.trim() === '' ? 'new' : call.text }, 'sentry'),
  },
  {
    name: 'releases',
    also: ['deploys'],
    group: 'ask',
    usage: `releases [part of a version] ${WHEN}`,
    summary: 'Releases that Sentry knows, with the times they were deployed.',
    examples: ['releases', 'releases checkout since:2d'],
    options: OPTIONS,
    target: 'any',
    run: (call) => askBackend({ ...call, text: `releases ${call.text}`.trim() }, 'sentry'),
  },
];
