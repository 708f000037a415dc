import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = 8;
/** Bytes per pixel by PNG colour type, at 8 bits a channel. https://www.w3.org/TR/png-3/#6Colour-values */
const PIXEL: Readonly<Record<number, number>> = { 2: 3, 6: 4 };

/** Colours in a palette. https://www.w3.org/TR/png-3/#11PLTE */
const COLOURS = 256;

/**
 * The picture with 256 colours, which a page of text is not seen to lack, in a third of the bytes. Only for what Chromium
 * writes: 8 bits a channel, not interlaced, opaque. Throws on anything else.
 */
export function smallerPng(png: Buffer): Buffer {
  const chunks = chunksOf(png);
  const head = chunks.find(({ type }) => type === 'IHDR')?.body;
  const pixel = PIXEL[head?.[9] ?? -1];
  if (head === undefined || pixel === undefined || head[8] !== 8 || head[12] !== 0)
    throw new Error('Not a PNG as Chromium writes it');
  const width = head.readUInt32BE(0);
  const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ body }) => body));
  const rows = unfiltered(inflateSync(packed), width * pixel, pixel);
  const { palette, indexed } = withPalette(rows, width, pixel);
  const small = Buffer.from(head);
  small[9] = 3;
  return Buffer.concat([
    png.subarray(0, SIGNATURE),
    chunk('IHDR', small),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(indexed, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Of the palette, how many go to colours that are rare but like no other: a red pin on a grey page. */
const UNLIKE_OTHERS = 48;

/** The most frequent colours as they are; each other one becomes the nearest of them. */
function withPalette(rows: Buffer, width: number, pixel: number): { palette: Buffer; indexed: Buffer } {
  const height = rows.length / (width * pixel + 1);
  const colour = (x: number, y: number) => rows.readUIntBE(y * (width * pixel + 1) + 1 + x * pixel, 3);
  const seen = new Map<number, number>();
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) seen.set(colour(x, y), (seen.get(colour(x, y)) ?? 0) + 1);
  const chosen = colours([...seen.keys()].sort((a, b) => (seen.get(b) ?? 0) - (seen.get(a) ?? 0)));
  const nearest = new Map([...seen.keys()].map((one) => [one, nearestOf(chosen, one)]));
  const indexed = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) indexed[y * (width + 1) + 1 + x] = nearest.get(colour(x, y)) ?? 0;
  const palette = Buffer.alloc(chosen.length * 3);
  for (const [index, one] of chosen.entries()) palette.writeUIntBE(one, index * 3, 3);
  return { palette, indexed };
}

/** The first ones, then again and again the one farthest from all that were taken. */
function colours(byFrequency: readonly number[]): number[] {
  const taken = byFrequency.slice(0, COLOURS - UNLIKE_OTHERS);
  const rest = new Map(byFrequency.slice(taken.length).map((one) => [one, Number.POSITIVE_INFINITY]));
  const compare = (newest: number) => {
    for (const [one, away] of rest) rest.set(one, Math.min(away, apart(one, newest)));
  };
  for (const one of taken) compare(one);
  while (taken.length < COLOURS && rest.size > 0) {
    const [farthest] = [...rest].reduce((a, b) => (b[1] > a[1] ? b : a));
    rest.delete(farthest);
    taken.push(farthest);
    compare(farthest);
  }
  return taken;
}

function nearestOf(chosen: readonly number[], colour: number): number {
  let best = 0;
  for (const [index, one] of chosen.entries())
    if (apart(one, colour) < apart(chosen[best] ?? 0, colour)) best = index;
  return best;
}

/** The square of how far two colours lie apart. */
function apart(one: number, other: number): number {
  return (
    ((one >> 16) - (other >> 16)) ** 2 +
    (((one >> 8) & 0xff) - ((other >> 8) & 0xff)) ** 2 +
    ((one & 0xff) - (other & 0xff)) ** 2
  );
}

function chunksOf(png: Buffer): { type: string; body: Buffer }[] {
  const chunks = [];
  for (let at = SIGNATURE; at < png.length; ) {
    const length = png.readUInt32BE(at);
    chunks.push({
      type: png.toString('latin1', at + 4, at + 8),
      body: png.subarray(at + 8, at + 8 + length),
    });
    at += 12 + length;
  }
  return chunks;
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(body.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}

/** Rows with filter 0. https://www.w3.org/TR/png-3/#9Filters */
function unfiltered(filtered: Buffer, stride: number, pixel: number): Buffer {
  const rows = Buffer.from(filtered);
  for (let row = 0; row < rows.length; row += stride + 1) {
    const filter = rows[row] ?? 0;
    rows[row] = 0;
    for (let at = 1; at <= stride; at += 1) {
      const left = at > pixel ? (rows[row + at - pixel] ?? 0) : 0;
      const up = row > 0 ? (rows[row + at - stride - 1] ?? 0) : 0;
      const corner = row > 0 && at > pixel ? (rows[row + at - stride - 1 - pixel] ?? 0) : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
      rows[row + at] = ((rows[row + at] ?? 0) + guess) & 0xff;
    }
  }
  return rows;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [left, up, corner].map((one) => Math.abs(guess - one)) as [number, number, number];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
