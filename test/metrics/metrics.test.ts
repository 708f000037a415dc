import { describe, expect, it } from 'vitest';
import { createMetrics } from '../../src/metrics/metrics.ts';

describe('metrics', () => {
  it('are told in the text format, help and type first, labels escaped', () => {
    const metrics = createMetrics();
    metrics.count('steady_commands_total', { command: 'prom', outcome: 'done' });
    metrics.count('steady_commands_total', { command: 'prom', outcome: 'done' });
    metrics.count('steady_commands_total', { command: 'a"\\\n', outcome: 'refused' });
    metrics.observe('steady_tick_lateness_seconds', 0.5);
    metrics.observe('steady_tick_lateness_seconds', 1);
    metrics.set('steady_incidents_open', 3);
    metrics.set('steady_incidents_open', 2);
    const lines = metrics.text().split('\n');
    expect(lines.slice(0, 4)).toEqual([
      '# HELP steady_commands_total Commands by name and outcome.',
      '# TYPE steady_commands_total counter',
      'steady_commands_total{command="prom",outcome="done"} 2',
      String.raw`steady_commands_total{command="a\"\\\n",outcome="refused"} 1`,
    ]);
    expect(lines).toContain('steady_tick_lateness_seconds_sum 1.5');
    expect(lines).toContain('steady_tick_lateness_seconds_count 2');
    expect(lines).toContain('steady_incidents_open 2');
    expect(metrics.text().endsWith('\n')).toBe(true);
  });
});
