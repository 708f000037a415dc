import { expect, test } from 'vitest';
import { createDecoder } from '../../src/backends/decoder.ts';
import { createKeptReader, type KeptSnapshot } from '../../src/backends/kept-reader.ts';
import { compressed } from '../../src/backends/snapshot.ts';
import { BackendError } from '../../src/domain/errors.ts';

const reader = createKeptReader(createDecoder({ inline: -1 }));
const SHAPE = {
  href: new URL('../../src/answers/rows-file.ts', import.meta.url).href,
  name: 'rowsFile',
};
const ANSWER = JSON.stringify({
  status: 'success',
  data: {
    resultType: 'matrix',
    result: [
      {
        metric: { code: '500' },
        values: [
          [1, '2'],
          [3, '4'],
        ],
      },
    ],
  },
});

const kept = async (answer: string, tool = 'prometheus'): Promise<KeptSnapshot> => ({
  tool,
  snapshot: await compressed([Buffer.from(answer)]),
  query: 'up',
  window: { from: 0, to: 10 },
});

async function read(one: KeptSnapshot, signal = AbortSignal.timeout(10_000)) {
  const out: unknown[] = [];
  for await (const piece of reader.read([one], SHAPE, {}, signal)) out.push(piece);
  return out;
}

test('an answer is read again in a worker, by the reader of its tool', async () => {
  expect(await read(await kept(ANSWER))).toEqual([
    { kind: 'begin', format: 'csv' },
    {
      kind: 'text',
      text: '"time","value","code"\n"1970-01-01T00:00:01.000Z",2,"500"\n"1970-01-01T00:00:03.000Z",4,"500"\n',
    },
    { kind: 'end', rows: 2, cut: false, full: false },
  ]);
});

test('of a cut one what is whole is read, and it says so', async () => {
  const cut = await read(await kept(ANSWER.slice(0, ANSWER.indexOf('"4"'))));
  expect(cut.at(-1)).toEqual({ kind: 'end', rows: 1, cut: true, full: false });
});

test.each([
  ['no answer at all', 'nonsense', 'prometheus', 'could not be read again'],
  [
    'a tool that nobody knows',
    ANSWER,
    'carrier-pigeon',
    'What `carrier-pigeon` answered cannot be read again',
  ],
])('%s is a refusal with a way on', async (_, answer, tool, words) => {
  const refused = read(await kept(answer, tool));
  await expect(refused).rejects.toThrow(BackendError);
  await expect(read(await kept(answer, tool))).rejects.toThrow(words);
});

test('bytes that nobody compressed are refused, and a reader that is withdrawn stops', async () => {
  await expect(read({ ...(await kept(ANSWER)), snapshot: Uint8Array.of(1, 2, 3) })).rejects.toThrow(
    BackendError,
  );
  await expect(read(await kept(ANSWER), AbortSignal.abort())).rejects.toThrow('could not be read in time');
});
