import type { ChannelSpec } from '../../src/sandbox/slack/options.ts';

/** Public channels with Steady in them, one for each test of a file, so that they share one bot. */
export function channelsNamed(names: readonly string[], more: readonly ChannelSpec[] = []): ChannelSpec[] {
  return [
    ...names.map((name, index) => ({
      id: `C0TEST${String(index).padStart(4, '0')}`,
      name,
      topic: `All about ${name}`,
      appInvited: true,
    })),
    ...more,
  ];
}
