import { createServer } from 'node:http';

// A Prometheus with one answer, so that only the asking differs: `series` lines of `points` samples.
const { series, points } = JSON.parse(process.argv[2] ?? '') as { series: number; points: number };
const result = Array.from({ length: series }, (_, line) => ({
  metric: { __name__: 'up', job: 'checkout', instance: `checkout-${line}:9090` },
  values: Array.from({ length: points }, (__, at) => [1_767_600_000 + at * 15, String((at * 7 + line) / 3)]),
}));
const answers: Readonly<Record<string, string>> = {
  '/api/v1/query_range': JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } }),
  '/api/v1/status/buildinfo': JSON.stringify({ status: 'success', data: { version: '3.0.0' } }),
};
const server = createServer((asked, reply) => {
  const found = answers[new URL(asked.url ?? '/', 'http://127.0.0.1').pathname];
  asked
    .on('end', () => {
      reply.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' }).end(found);
    })
    .resume();
});
process.once('disconnect', () => process.exit(1));
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' && address !== null ? address.port : 0);
});
