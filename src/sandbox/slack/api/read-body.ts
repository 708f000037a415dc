import type { IncomingMessage } from 'node:http';
import { isRecord } from '../block-kit/check.ts';
import type { Json } from '../model.ts';

/** The whole body, at most `most` bytes; throws a RangeError beyond. */
export async function readBytes(request: IncomingMessage, most: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = part as Buffer;
    size += bytes.length;
    if (size > most) throw new RangeError('The body is too large.');
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}

/** A method's arguments from query, form or JSON body. Undefined for JSON that is none. */
export async function readRequestArguments(request: IncomingMessage, url: URL): Promise<Json | undefined> {
  const all: Record<string, unknown> = Object.fromEntries(url.searchParams);
  const body = (await readBytes(request, 4_000_000)).toString('utf8');
  if (body === '') return all;
  if ((request.headers['content-type'] ?? '').includes('application/json')) {
    try {
      const parsed: unknown = JSON.parse(body);
      return isRecord(parsed) ? { ...all, ...parsed } : undefined;
    } catch {
      return undefined;
    }
  }
  return { ...all, ...Object.fromEntries(new URLSearchParams(body)) };
}

/** The first file of a multipart body, else the body itself. */
export async function readUpload(request: IncomingMessage, most: number): Promise<Uint8Array> {
  const bytes = await readBytes(request, most);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return bytes;
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
  for (const value of form.values())
    if (typeof value !== 'string') return new Uint8Array(await value.arrayBuffer());
  return new Uint8Array();
}
