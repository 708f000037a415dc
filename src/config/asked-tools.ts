/** Kinds of system that are asked, as their sections are called. */
export const ASKED_TOOLS = [
  'prometheus',
  'loki',
  'alertmanager',
  'axiom',
  'grafana',
  'pyroscope',
  'sentry',
] as const;
