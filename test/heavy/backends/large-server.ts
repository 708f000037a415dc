import { createServer, type ServerResponse } from 'node:http';

// A Prometheus with one metric and 5,300 series of 250 samples, in a process of its own; says its address to its parent.
const SERIES = 5_300;
const FROM = 1_795_344_900;

function oneSeries(index: number): string {
  const values = Array.from(
    { length: 250 },
    (_, at) => `[${FROM + at * 15},"${Math.sin(index + at) * 100}"]`,
  );
  return `{"metric":{"__name__":"up","instance":"${index}","job":"checkout"},"values":[${values.join(',')}]}`;
}

function stream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"status":"success","data":{"resultType":"matrix","result":[');
  let index = 0;
  const pump = () => {
    while (index < SERIES) {
      const more = response.write(`${index === 0 ? '' : ','}${oneSeries(index)}`);
      index++;
      if (!more) return void response.once('drain', pump);
    }
    response.end(']}}');
  };
  pump();
}

const server = createServer((request, response) => {
  request.resume();
  if (request.url?.includes('/query_range')) return stream(response);
  response.setHeader('content-type', 'application/json');
  response.end('{"status":"success","data":["up"]}');
}).listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') process.send?.(`http://127.0.0.1:${address.port}`);
});
