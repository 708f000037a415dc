/** What is measured: its name, its help and its kind, in the words of Prometheus. */
interface Measured {
  readonly help: string;
  readonly kind: 'counter' | 'gauge' | 'summary';
}

const MEASURED = {
  steady_commands_total: { help: 'Commands by name and outcome.', kind: 'counter' },
  steady_posts_total: { help: 'Posts to Slack by kind and outcome.', kind: 'counter' },
  steady_backend_queries_total: {
    help: 'Queries by tool and by how they failed (`none` where they did not).',
    kind: 'counter',
  },
  steady_tick_lateness_seconds: { help: 'How long after its time due work was taken up.', kind: 'summary' },
  steady_incidents_open: { help: 'Open incidents.', kind: 'gauge' },
  steady_promises_overdue: { help: 'Open incidents whose promised update is overdue.', kind: 'gauge' },
} as const satisfies Readonly<Record<string, Measured>>;

export type MetricName = keyof typeof MEASURED;

/** Closed sets of words only: titles, channels and people are never labels. */
export type Labels = Readonly<Record<string, string>>;

/** Numbers about this process since it started, in the text format that Prometheus reads. */
export interface Metrics {
  count(name: MetricName, labels: Labels): void;
  /** One observation of a summary, in its unit. */
  observe(name: MetricName, value: number): void;
  set(name: MetricName, value: number): void;
  /** Version 0.0.4 of https://prometheus.io/docs/instrumenting/exposition_formats/ */
  text(): string;
}

export function createMetrics(): Metrics {
  const samples = new Map<MetricName, Map<string, number>>();

  function add(name: MetricName, sample: string, by: number): void {
    const known = samples.get(name) ?? new Map<string, number>();
    samples.set(name, known);
    known.set(sample, (known.get(sample) ?? 0) + by);
  }

  return {
    count: (name, labels) => add(name, sampleOf(name, labels), 1),
    observe(name, value) {
      add(name, `${name}_sum`, value);
      add(name, `${name}_count`, 1);
    },
    set: (name, value) => void samples.set(name, new Map([[name, value]])),
    text: () =>
      Object.entries(MEASURED)
        .map(([name, { help, kind }]) => {
          const lines = [...(samples.get(name as MetricName) ?? [])].map(([sample, at]) => `${sample} ${at}`);
          return [`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`, ...lines, ''].join('\n');
        })
        .join(''),
  };
}

function sampleOf(name: string, labels: Labels): string {
  const said = Object.entries(labels).map(([label, value]) => `${label}="${escaped(value)}"`);
  return said.length === 0 ? name : `${name}{${said.join(',')}}`;
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
