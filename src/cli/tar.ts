/** A file of an archive. Its path is generated, never taken from anybody's words. */
export interface ArchiveFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

const BLOCK = 512;
/** Letters, digits, dots, dashes and slashes between them; nothing that leads out of the folder it is unpacked in. */
const PATH = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;

/**
 * Files one after the other as a tar of the ustar kind, which every system unpacks. No links, no owners, mode 0600.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06
 */
export async function* tar(files: AsyncIterable<ArchiveFile>): AsyncGenerator<Buffer> {
  for await (const { path, bytes, at } of files) {
    yield header(path, bytes.length, at);
    yield Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const rest = bytes.length % BLOCK;
    if (rest > 0) yield Buffer.alloc(BLOCK - rest);
  }
  yield Buffer.alloc(2 * BLOCK);
}

/** @throws RangeError for a path that could lead elsewhere or does not fit. */
function header(path: string, size: number, at: number): Buffer {
  if (!PATH.test(path) || Buffer.byteLength(path) > 100)
    throw new RangeError(`no path for an archive: ${path}`);
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, '0')}\0`;
  block.write(path, 0);
  block.write(octal(0o600, 8), 100);
  block.write(octal(0, 8), 108);
  block.write(octal(0, 8), 116);
  block.write(octal(size, 12), 124);
  block.write(octal(Math.max(0, Math.floor(at / 1000)), 12), 136);
  block.write('        ', 148);
  block.write('0', 156);
  block.write('ustar\0', 257);
  block.write('00', 263);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}
