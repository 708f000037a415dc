import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Body } from '../../src/backends/body.ts';
import { createDecoder } from '../../src/backends/decoder.ts';
import { decodeNames, decodeQuery, type QueryPiece } from '../../src/backends/prometheus/decode.ts';

const MODULE = new URL('../../src/backends/prometheus/decode.ts', import.meta.url).href;
const signal = () => AbortSignal.timeout(20_000);

function bodyOf(text: string): Body {
  const body = new Body();
  body.append(Buffer.from(text));
  return body;
}

const names = (list: readonly string[]) => JSON.stringify({ status: 'success', data: list });

async function all<Piece>(pieces: AsyncIterable<Piece>): Promise<Piece[]> {
  const out: Piece[] = [];
  for await (const piece of pieces) out.push(piece);
  return out;
}

describe('another thread', () => {
  const decoder = createDecoder({ inline: 10 });

  test('gives what this thread would give', async () => {
    const list = Array.from({ length: 25_000 }, (_, index) => `metric_${index}`);
    const pieces = await all(
      decoder.decode(
        decodeNames,
        { href: MODULE, name: 'decodeNames' },
        bodyOf(names(list)),
        undefined,
        signal(),
      ),
    );
    expect(pieces.flat()).toEqual(list);
    expect(pieces.length).toBeGreaterThan(1);
  });

  test('hands over no piece that would hold this thread up', async () => {
    const series = Array.from({ length: 300 }, (_, index) => ({
      metric: { __name__: 'up', index: String(index) },
      values: Array.from({ length: 200 }, (_, at) => [at, '1.5']),
    }));
    const text = JSON.stringify({ status: 'success', data: { resultType: 'matrix', result: series } });
    const pieces = await all<QueryPiece>(
      decoder.decode(decodeQuery, { href: MODULE, name: 'decodeQuery' }, bodyOf(text), undefined, signal()),
    );
    const sizes = pieces.flatMap((piece) =>
      piece.kind === 'series' ? [piece.series.reduce((sum, one) => sum + one.values.length, 0)] : [],
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(60_000);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(10_400);
  });

  test('what is no answer fails, and quotes nothing of it', async () => {
    const module = { href: MODULE, name: 'decodeNames' };
    for (const text of ['{"status":"success","data":["a', '<html>secret page</html>', '{"status":"success"}'])
      await expect(
        all(decoder.decode(decodeNames, module, bodyOf(text), undefined, signal())),
      ).rejects.toThrowError(SyntaxError);
  });

  test('an answer that needs too much memory is too large, and the process lives on', async () => {
    const small = createDecoder({ inline: 10, heap: 16 });
    const list = names(Array.from({ length: 600_000 }, (_, index) => `metric_with_a_long_name_${index}`));
    const module = { href: MODULE, name: 'decodeNames' };
    await expect(
      all(small.decode(decodeNames, module, bodyOf(list), undefined, signal())),
    ).rejects.toMatchObject({ failure: 'too-large' });
    expect(await all(small.decode(decodeNames, module, bodyOf(names(['up'])), undefined, signal()))).toEqual([
      ['up'],
    ]);
  });

  test('a question that is withdrawn frees its turn', async () => {
    const stop = new AbortController();
    const module = { href: MODULE, name: 'decodeNames' };
    const first = all(decoder.decode(decodeNames, module, bodyOf(names(['a'])), undefined, stop.signal));
    stop.abort(new Error('withdrawn'));
    await expect(first).rejects.toThrowError('withdrawn');
    expect(await all(decoder.decode(decodeNames, module, bodyOf(names(['b'])), undefined, signal()))).toEqual(
      [['b']],
    );
  });
});

test('a body keeps its bytes, whatever the chunks', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 60_000, max: 2_300_000 })), {
        maxLength: 4,
      }),
      fc.integer({ min: 0, max: 3_000_000 }),
      (sizes, limit) => {
        const body = new Body();
        const chunks = sizes.map((size, index) => Buffer.alloc(size, index + 1));
        for (const chunk of chunks) body.append(chunk);
        const whole = Buffer.concat(chunks);
        expect(body.length).toBe(whole.length);
        expect(whole.subarray(0, limit).equals(body.head(limit))).toBe(true);
        const { segments, length } = body.take();
        const joined = Buffer.concat(
          segments.map((segment) => new Uint8Array(segment)),
          length,
        );
        expect(joined.equals(whole)).toBe(true);
        expect(() => body.take()).toThrowError(TypeError);
      },
    ),
    { numRuns: 30 },
  );
});
