import { describe, expect, it } from 'vitest';
import { startSlackKit } from '../../slack-kit/slack-kit.ts';
import { connect, keeping } from './connection-kit.ts';

describe('Socket Mode', () => {
  it('says who it is before it connects, then takes what people say', async () => {
    const kit = await startSlackKit();
    const { connection, lines } = await connect(kit.workspace);
    expect(kit.workspace.sockets.connections()).toBe(0);
    expect(lines.map((line) => line.what)).toContain(
      'Slack: workspace Acme (T0ACME0001), app Steady (A0STEADY01) as @steady',
    );
    const intake = keeping();
    const lost: string[] = [];
    await connection.start(intake, (why) => void lost.push(why));
    await kit.person('Lea').say('checkout', 'hello');
    await kit.workspace.settled();
    expect(intake.taken.map((event) => event.body.event.text)).toContain('hello');
    expect(lost).toEqual([]);
    await connection.stop();
    await kit.until(() => kit.workspace.sockets.connections() === 0);
    await kit.stop();
  });
});
