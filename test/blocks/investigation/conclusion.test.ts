import { expect, test } from 'vitest';
import { conclusionPost } from '../../../blocks/investigation/conclusion.ts';
import type { ConclusionEvent } from '../../../src/domain/investigation/events.ts';
import { read } from '../read.ts';
import { at, INCIDENT, LEA, reading } from '../sample.ts';

const returned = (why: 'questions' | 'gaps', missing: string) => {
  const event: ConclusionEvent & { by: string } = {
    type: 'conclusion-returned',
    why,
    missing: [missing],
    dueAt: at('15:06'),
    by: LEA,
  };
  return conclusionPost(INCIDENT, { seq: 30, at: at('14:36'), event }, reading) ?? { text: '', blocks: [] };
};

test('a missing test can be copied as it stands', () => {
  expect(
    read(returned('questions', 'the disproof of it: `H2 test prom … expect:"…"`')),
  ).toMatchInlineSnapshot(`
    "» INC-42 P1 · not concluded yet: a question is open · the disproof of it: H2 test prom … expect:"…"
    **INC-42 · not concluded yet: a question is open** · next update by **{15:06 UTC}** · by @Lea
    - **Missing **the disproof of it: \`H2 test prom … expect:"…"\`
    Run what is missing, then \`resolve\` again; the words are kept."
  `);
  const typed = JSON.stringify(returned('questions', 'the disproof of it: `H2 test prom`').blocks);
  expect(typed).toContain('{"type":"text","text":"H2 test prom","style":{"code":true}}');
});

test('a gap is the words of whoever judged', () => {
  const blocks = JSON.stringify(returned('gaps', 'nobody read `limits.conf`').blocks);
  expect(blocks).toContain('nobody read `limits.conf`');
});
