import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHttpClient } from '../../src/backends/http-client.ts';

// Certificates are made when needed: a private key in the repository would set off every scanner.
const certificate = makeCertificate();

function makeCertificate(): { readonly key: string; readonly cert: string } | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'steady-tls-'));
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    const about = ['-days', '2', '-subj', '/CN=steady test', '-addext', 'subjectAltName=IP:127.0.0.1'];
    execFileSync('openssl', [...made, ...about, '-keyout', key, '-out', cert], { stdio: 'ignore' });
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } catch {
    process.stdout.write('not run: openssl\n');
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe.runIf(certificate !== undefined)('TLS', () => {
  const server = createServer({ ...certificate }, (_request, response) => response.end('ok'));
  let url = '';

  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    url = `https://127.0.0.1:${address.port}`;
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  async function get(ca?: string) {
    const client = createHttpClient(
      { url, ...(ca !== undefined && { ca }) },
      { title: 'Fake prod', now: () => 0, retryAfter: 1 },
    );
    try {
      const answer = await client.request({ method: 'GET', path: '/' }, AbortSignal.timeout(10_000));
      return answer.body.text(10);
    } finally {
      await client.close();
    }
  }

  test('a certificate of an unknown authority is refused, with what to do', async () => {
    await expect(get()).rejects.toMatchObject({
      failure: 'unavailable',
      message: expect.stringContaining('is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)'),
      details: { nextStep: expect.stringContaining('`ca_file`') },
    });
  });

  test('an authority of our own is accepted when it is configured', async () => {
    expect(await get(certificate?.cert)).toBe('ok');
  });
});
