// Does what curl does with these arguments, without being curl: `script URL -s [-X M] [-H h]… [-d @-]`.
export const CURL_LIKE = `#!${process.execPath}
const { argv, env, stdin, stdout } = process;
require('node:fs').writeFileSync(__dirname + '/seen.json', JSON.stringify({ argv: argv.slice(2), env }));
const after = (flag) => argv.flatMap((one, at) => (argv[at - 1] === flag ? [one] : []));
(async () => {
  let body = '';
  if (after('-d')[0] === '@-') for await (const chunk of stdin) body += chunk;
  const headers = Object.fromEntries(after('-H').map((line) => line.split(/: (.*)/s).slice(0, 2)));
  const answer = await fetch(argv.find((one) => one.startsWith('http')), {
    method: after('-X')[0] ?? 'GET',
    headers: { ...headers, cookie: 'signed-in' },
    ...(body !== '' && { body }),
  });
  stdout.write(Buffer.from(await answer.arrayBuffer()));
})();
`;
