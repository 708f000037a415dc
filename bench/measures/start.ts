import { type Kind, startBot } from '../bots.ts';
import { type Line, lineOf, type Round } from '../line.ts';

/** From starting the process to serving Slack, with an empty folder and a backend that hangs. */
export async function measureStart(backendUrl: string, rounds: number): Promise<Line> {
  const took: Round[] = [];
  for (let round = 0; round < rounds; round++) {
    const value = await once('steady', backendUrl);
    took.push({ value, baseline: await once('baseline', backendUrl) });
  }
  return lineOf('start to ready', 'ms', took, undefined, { transport: 'http' });
}

async function once(kind: Kind, backendUrl: string): Promise<number> {
  const bot = await startBot(kind, 'http', backendUrl);
  await bot.stop();
  return bot.process.took;
}
