import { expect, test } from 'vitest';
import type { SharedFile } from '../../../src/slack/outbound/contract.ts';
import { HELD, openDoor } from './door-kit.ts';

const CHECKOUT = { channel: 'C0CHECKOUT' };

async function* pieces(...texts: readonly string[]): AsyncGenerator<string> {
  yield* texts;
}

const picture = (name = 'e1-chart.png'): SharedFile => ({
  content: Uint8Array.of(137, 80, 78, 71),
  about: () => ({ name, title: 'E1 chart', alt: `last 41.2 ${HELD}`, comment: 'E1 & <!channel>' }),
});

/** What a store would remember of a share. */
function memory() {
  const ids: string[] = [];
  return {
    ids,
    once: () => ({
      remember: async (id: string) => void ids.push(id),
      ...(ids.at(-1) !== undefined && { known: ids.at(-1) as string }),
    }),
  };
}

test('a picture is shared with its title and its words, nothing secret in them and nobody called', async () => {
  await using at = await openDoor();
  const { ids, once } = memory();
  expect(await at.door.share(CHECKOUT, picture(), once())).toBe('shared');
  const [message, ...more] = at.kit.messages('checkout').filter((one) => one.files.length > 0);
  expect(more).toEqual([]);
  const file = at.kit.workspace.state.files.get(ids[0] ?? '');
  expect(file).toMatchObject({ name: 'e1-chart.png', title: 'E1 chart', mimetype: 'image/png' });
  expect([...(file?.bytes ?? [])]).toEqual([137, 80, 78, 71]);
  expect(file?.altText).toContain('last 41.2');
  expect(JSON.stringify([file?.altText, message])).not.toContain(HELD);
  expect(message?.text).not.toContain('<!channel>');
});

test('text goes out as it comes, every piece without secrets, its name known when all was read', async () => {
  await using at = await openDoor();
  let read = 0;
  async function* text(): AsyncGenerator<string> {
    for (const one of ['a,b\n', `c,${HELD}\n`]) {
      read++;
      yield one;
    }
  }
  const { ids, once } = memory();
  const about = () => ({ name: `rows-${read}.csv`, title: 'rows' });
  await at.door.share(CHECKOUT, { content: text(), about }, once());
  const file = at.kit.workspace.state.files.get(ids[0] ?? '');
  expect(file?.name).toBe('rows-2.csv');
  expect(Buffer.from(file?.bytes ?? []).toString()).toMatch(/^a,b\nc,/);
  expect(Buffer.from(file?.bytes ?? []).toString()).not.toContain(HELD);
  const empty = memory();
  await at.door.share(CHECKOUT, { content: pieces(), about }, empty.once());
  expect(at.kit.workspace.state.files.get(empty.ids[0] ?? '')?.bytes?.length).toBe(1);
});

test.each(['drop-after', 'drop-before'] as const)(
  'an answer that is lost (%s) leaves one file, once',
  async (kind) => {
    await using at = await openDoor();
    at.kit.workspace.faults.add('files.completeUploadExternal', { kind });
    await at.door.share(CHECKOUT, picture(), memory().once());
    expect(at.kit.messages('checkout').filter((one) => one.files.length > 0)).toHaveLength(1);
  },
);

test('tried again after a crash, a file that was shared is left, and one that was not is shared', async () => {
  await using at = await openDoor();
  const shared = memory();
  await at.door.share(CHECKOUT, picture(), shared.once());
  expect(await at.door.share(CHECKOUT, picture(), shared.once())).toBe('there');
  expect(at.kit.messages('checkout').filter((one) => one.files.length > 0)).toHaveLength(1);
  expect(shared.ids).toHaveLength(1);

  // The id is remembered before the file is shared, so that a crash in between is known.
  const crashed = memory();
  const dying = {
    remember: async (id: string) => {
      crashed.ids.push(id);
      throw new Error('the process died');
    },
  };
  await expect(at.door.share(CHECKOUT, picture('b.png'), dying)).rejects.toThrow('the process died');
  expect(await at.door.share(CHECKOUT, picture('b.png'), crashed.once())).toBe('shared');
  const names = at.kit.messages('checkout').flatMap((one) => one.files);
  expect(names).toHaveLength(2);
});

test('a look-up knows the address of what was shared, and of nothing else', async () => {
  await using at = await openDoor();
  const { ids, once } = memory();
  await at.door.share(CHECKOUT, picture(), once());
  expect(await at.looks.file(ids[0] ?? '')).toMatch(/^https:\/\/.*e1-chart\.png/);
  expect(await at.looks.file('F0NOTHERE')).toBeUndefined();
});
