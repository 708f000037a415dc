import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createDecoder } from '../../../src/backends/decoder.ts';
import { createBackends } from '../../../src/backends/registry.ts';
import { isEmpty } from '../../../src/domain/evidence.ts';
import { readKept, sizeOf } from './read-kept.ts';
import { NOW, type Rig, WINDOW } from './rig.ts';

const HOSTILE =
  '<!channel> <@U1> *b* `x` \u001b[31m\u202eevil\u200b\u0000 <script>alert(1)</script> =cmd() \u2028 "}]';

export function answersKeepTheContract({
  subject,
  serve,
  connect,
  ask,
  failing,
  good,
  signal,
  own,
}: Rig): void {
  test('answers with evidence that reproduces query and window', async () => {
    const backend = connect((await serve(good)).url, {
      linkUrl: 'https://someone:pass@telemetry.example/x/?token=1',
    });
    const answer = await ask(backend);
    const window = subject.momentary ? { from: NOW, to: NOW } : WINDOW;
    expect(answer).toMatchObject({
      tool: subject.tool,
      deployment: 'prod',
      source: backend.title,
      query: subject.query,
      window,
      askedAt: NOW,
      completeness: { kind: 'complete' },
      warnings: subject.notes ?? [],
    });
    expect(isEmpty(answer.result)).toBe(false);
    expect(answer.cost.bytes).toBe(Buffer.byteLength(subject.answers.good));
    expect(inflateSync(answer.snapshot).toString()).toBe(subject.answers.good);

    if (answer.reproduction.kind !== 'permalink') throw new Error('no permalink');
    const { url } = answer.reproduction;
    expect(url).toMatch(/^https:\/\/telemetry\.example\/x\//);
    expect(url).not.toMatch(/someone|pass|token/);
    expect(subject.parseLink(url)).toMatchObject({
      query: subject.query,
      ...(!subject.momentary && { window }),
    });
  });

  test('nothing found is an answer', async () => {
    const backend = connect((await serve(() => ({ ...good(), body: subject.answers.empty }))).url);
    const answer = await ask(backend);
    expect(isEmpty(answer.result)).toBe(true);
    expect(answer.completeness).toEqual({ kind: 'complete' });
  });

  const { partial } = subject.answers;
  const saysSo = async () => {
    const backend = connect((await serve(() => ({ ...good(), body: partial ?? '' }))).url);
    const answer = await ask(backend);
    expect(answer.completeness.kind).toBe('partial');
    expect(answer.warnings.length).toBeGreaterThan(0);
  };
  if (partial !== undefined) test('a partial answer says so, with the warnings', saysSo);

  test('a large answer is the same as a small one, read in another thread', async () => {
    const body = subject.answers.huge(2_000_000);
    const server = await serve(() => ({ ...good(), body }));
    const here = connect(server.url);
    const answer = await ask(here);
    expect(answer.cost.bytes).toBe(Buffer.byteLength(body));
    expect(inflateSync(answer.snapshot).toString()).toBe(body);

    const [alone] = createBackends(subject.settings({ name: 'prod', url: server.url }), {
      now: () => NOW,
      decoder: createDecoder({ inline: 10_000_000 }),
    });
    if (!alone) throw new Error('no backend was made');
    own({ [Symbol.asyncDispose]: async () => await alone.close?.() });
    expect((await ask(alone)).result).toEqual(answer.result);
  });

  test('what is kept of an answer reads as the answer, and says so where it was cut', async () => {
    const body = subject.answers.huge(300_000);
    const backend = connect((await serve(() => ({ ...good(), body }))).url);
    const answer = await ask(backend);
    const kept = await readKept(answer);
    expect(kept.result).toEqual(answer.result);
    expect(kept.cut).toBe(false);

    const bytes = inflateSync(answer.snapshot);
    const part = await readKept(answer, bytes.subarray(0, Math.floor(bytes.length * 0.7)));
    expect(part.cut).toBe(true);
    expect(sizeOf(part.result)).toBeGreaterThan(0.4 * sizeOf(answer.result));
    expect(sizeOf(part.result)).toBeLessThan(sizeOf(answer.result));
    await expect(readKept(answer, Buffer.from('{"no":'))).rejects.toThrow();
  });

  test('hostile text comes through as data and never as an error or a hang', async () => {
    const backend = connect((await serve(() => ({ ...good(), body: subject.answers.hostile(HOSTILE) }))).url);
    const answer = await ask(backend);
    expect(JSON.stringify(answer.result)).toContain('<!channel>');
    expect(JSON.stringify(answer.warnings)).not.toMatch(/[\u202e\u200b]|\\u001b/);
    const refused = await failing(
      connect(
        (await serve(() => ({ ...good(), status: 400, body: subject.error(HOSTILE.repeat(500)) }))).url,
      ),
    );
    expect(refused.message.length).toBeLessThan(400);
    expect(refused.message).not.toMatch(/[\p{Cc}\u202e\u200b]/u);
  });

  test('the probe says what answers, and fails like a question', async () => {
    const server = await serve(good);
    const backend = connect(server.url);
    expect(await backend.probe(signal())).toMatch(/\S+ \d/);
    server.answer(() => ({ status: 401, body: '' }));
    await expect(backend.probe(signal())).rejects.toMatchObject({ failure: 'unauthorized' });
  });
}
