import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inflateSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { createPictures } from '../../src/charts/draw.ts';
import type { Picture } from '../../src/charts/picture.ts';
import { line, MARKS, seriesPicture } from './pictures.ts';

const folder = mkdtempSync(join(tmpdir(), 'steady-charts-'));
const signal = () => AbortSignal.timeout(20_000);
let next = 0;

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const PICTURE = seriesPicture([line('code 500', [1, 5, 2, 8])], { marks: MARKS });

/** Width, height and the bytes of the pixels' chunks. */
function read(png: Uint8Array) {
  const bytes = Buffer.from(png);
  expect(bytes.subarray(0, 8).toString('latin1')).toBe('\u0089PNG\r\n\u001a\n');
  const parts: Buffer[] = [];
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return {
    width: bytes.readUInt32BE(16),
    height: bytes.readUInt32BE(20),
    pixels: inflateSync(Buffer.concat(parts)),
  };
}

test('a picture is a PNG of its size, and the same one every time', async () => {
  const pictures = createPictures();
  const png = await pictures.draw(PICTURE, signal());
  const { width, height } = read(png);
  expect(width).toBe(1_568);
  expect(height).toBeGreaterThan(800);
  expect(height).toBeLessThan(1_400);
  expect(png.length).toBeLessThan(400_000);
  expect(Buffer.from(await pictures.draw(PICTURE, signal())).equals(png)).toBe(true);
});

test('the font comes along: words make a difference to what is seen', async () => {
  const pictures = createPictures();
  const [one, other] = await Promise.all(
    ['iiii', 'WWWW'].map((title) => pictures.draw({ ...PICTURE, title }, signal())),
  );
  if (!one || !other) throw new Error('no pictures');
  expect(read(one).pixels.equals(read(other).pixels)).toBe(false);
});

test('a picture that cannot be drawn rejects, and the next one is drawn', async () => {
  const pictures = createPictures();
  const broken = { kind: 'series' } as unknown as Picture;
  await expect(pictures.draw(broken, signal())).rejects.toThrow();
  expect(read(await pictures.draw(PICTURE, signal())).width).toBe(1_568);
});

function workerOf(code: string): URL {
  const file = join(mkdtempSync(join(tmpdir(), 'steady-charts-')), `worker-${++next}.mjs`);
  writeFileSync(file, code);
  return pathToFileURL(file);
}

test.each([
  ['throws', 'throw new Error("no room")', 'no room'],
  ['ends', 'process.exit(0)', 'The drawing ended without a picture'],
  ['eats memory', 'const all = []; for (;;) all.push(new Array(1e5).fill(Math.PI))', 'memory'],
])('a worker that %s fails its picture alone', async (_, code, words) => {
  const pictures = createPictures({ worker: workerOf(code), heap: 32 });
  await expect(pictures.draw(PICTURE, signal())).rejects.toThrow(words);
});

test('a drawing that takes too long is given up', async () => {
  const pictures = createPictures({ worker: workerOf('for (;;);') });
  await expect(pictures.draw(PICTURE, AbortSignal.timeout(200))).rejects.toThrow(/timeout/i);
});
