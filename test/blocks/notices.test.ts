import { expect, test } from 'vitest';
import { notice, withheld } from '../../blocks/notice.ts';
import { BackendError, RuleViolation } from '../../src/domain/errors.ts';
import { read } from './read.ts';
import { at, reading } from './sample.ts';

test('an error as a person reads it: a rule, with the way on', () => {
  expect(
    read(
      notice(
        new RuleViolation(
          'update-same',
          'That is word for word the last update. Say `what` is new, or *No change*, @{U0KAI}.',
          [{ label: 'No change', command: 'nochange INC-42' }],
        ),
        reading,
      ),
    ),
  ).toMatchInlineSnapshot(`
    "» That is word for word the last update. Say what is new, or No change, @Kai.
    That is word for word the last update. Say \`what\` is new, or **No change**, @Kai.
    (No change|say:0|nochange INC-42)"
  `);
});

test('an error as a person reads it: an unknown name, with the nearest', () => {
  expect(
    read(
      notice(
        new BackendError('unknown-source', 'Prometheus prod has no metric `http_reqs`.', {
          nearest: ['http_requests_total', 'http_size'],
          nextStep: 'Take one of the nearest, or list all with `discover prom metrics`.',
        }),
        reading,
        { asked: 'prom rate(http_reqs[5m]) / http_reqs_total' },
      ),
    ),
  ).toMatchInlineSnapshot(`
    "» Prometheus prod has no metric http_reqs.
    Prometheus prod has no metric \`http_reqs\`. Take one of the nearest, or list all with \`discover prom metrics\`.
    Nearest: \`http_requests_total\`, \`http_size\`
    (http_requests_total|say:0|prom rate(http_requests_total[5m]) / http_reqs_total) (http_size|say:1|prom rate(http_size[5m]) / http_reqs_total) (List all|say:2|discover prom metrics)"
  `);
});

test('an error as a person reads it: a bad query, pointed into', () => {
  expect(
    read(
      notice(
        new BackendError('bad-query', 'Prometheus prod refuses the query: parse error.', {
          position: { line: 2, column: 5 },
          nextStep: 'Correct it and ask again.',
        }),
        reading,
        { query: 'sum(\n  up{}}\n)' },
      ),
    ),
  ).toMatchInlineSnapshot(`
    "» Prometheus prod refuses the query: parse error.
    Prometheus prod refuses the query: parse error. Correct it and ask again.
    |   up{}}
    |     ^"
  `);
});

test('an error as a person reads it: a server that is slow', () => {
  expect(
    read(
      notice(
        new BackendError('rate-limited', 'Prometheus prod is asked too often.', {
          retryAt: at('14:41'),
          command: 'curl "$PROM/api"',
        }),
        reading,
        { asked: 'prom up' },
      ),
    ),
  ).toMatchInlineSnapshot(`
    "» Prometheus prod is asked too often.
    Prometheus prod is asked too often. It answers again at {14:41 UTC}.
    Or run it by hand, paste the answer here and take **Save as evidence** from its menu:
    | curl "$PROM/api"
    (Try again|say:0|prom up)"
  `);
});

test('an error as a person reads it: our own fault', () => {
  expect(
    read(notice(new TypeError('x of undefined'), reading, { reference: 'a1b2c3' })),
  ).toMatchInlineSnapshot(`
    "» That broke, and it is Steady's fault.
    That broke, and it is Steady's fault. Whoever runs it finds the cause in the log under \`a1b2c3\`."
  `);
});

test('an error as a person reads it: a secret that could not be looked for', () => {
  expect(read(withheld())).toMatchInlineSnapshot(`
    "» A message was withheld: it could not be checked for secrets.
    A message was withheld: it could not be checked for secrets. The log says which."
  `);
});
