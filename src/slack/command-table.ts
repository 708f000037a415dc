import type { CommandRow } from './command-row.ts';
import { ACTIONS } from './commands/actions.ts';
import { apiRows } from './commands/api.ts';
import { ASK } from './commands/ask.ts';
import { ALERTS } from './commands/ask-alertmanager.ts';
import { AXIOM } from './commands/ask-axiom.ts';
import { GRAFANA } from './commands/ask-grafana.ts';
import { LOKI } from './commands/ask-loki.ts';
import { PROFILE } from './commands/ask-pyroscope.ts';
import { SENTRY } from './commands/ask-sentry.ts';
import { CLAIMS } from './commands/claims.ts';
import { compareRows } from './commands/compare.ts';
import { CONCLUSIONS } from './commands/conclusions.ts';
import { DASHBOARDS } from './commands/dashboards.ts';
import { DECLARE } from './commands/declare.ts';
import { discoverRows } from './commands/discover.ts';
import { DISTIL } from './commands/distil.ts';
import { EVIDENCE } from './commands/evidence.ts';
import { FACTS } from './commands/facts.ts';
import { GUARDS } from './commands/guards.ts';
import { hypothesisRows } from './commands/hypotheses.ts';
import { INTERIMS } from './commands/interims.ts';
import { KNOWLEDGE } from './commands/knowledge.ts';
import { lookRows } from './commands/look.ts';
import { PEOPLE } from './commands/people.ts';
import { POSTMORTEM } from './commands/postmortem.ts';
import { RECORDS } from './commands/records.ts';
import { schemaRows } from './commands/schema.ts';
import { signalsRows } from './commands/signals.ts';
import { spotlightRows } from './commands/spotlight.ts';
import { PHASES, TALK } from './commands/talk.ts';

/** Everything Steady understands: one table is router, parser and help. */
export const COMMANDS: readonly CommandRow[] = [
  ...DECLARE,
  ...PHASES,
  ...CONCLUSIONS,
  ...INTERIMS,
  ...DISTIL,
  ...TALK,
  ...FACTS,
  ...POSTMORTEM,
  ...ACTIONS,
  ...PEOPLE,
  ...ASK,
  ...LOKI,
  ...ALERTS,
  ...AXIOM,
  ...GRAFANA,
  ...PROFILE,
  ...EVIDENCE,
  ...DASHBOARDS,
  ...SENTRY,
  ...hypothesisRows(() => COMMANDS),
  ...signalsRows(() => COMMANDS),
  ...spotlightRows(() => COMMANDS),
  ...GUARDS,
  ...RECORDS,
  ...CLAIMS,
  ...compareRows(() => COMMANDS),
  ...discoverRows(() => COMMANDS),
  ...KNOWLEDGE,
  ...schemaRows(() => COMMANDS),
  ...apiRows(() => COMMANDS),
  ...lookRows(() => COMMANDS),
];
