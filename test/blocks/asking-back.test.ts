import { expect, test } from 'vitest';
import { didYouMean, secondDeclare, whichEnvironment, whichIncident } from '../../blocks/confirm.ts';
import { read } from './read.ts';
import { BO, INCIDENT, reading } from './sample.ts';

const { promise: _kept, ...BARE } = INCIDENT;
const OTHER = {
  ...BARE,
  number: 41,
  severity: 'P2',
  phase: 'mitigated',
  title: 'Search is slow',
  lead: BO,
} as const;

test('asking back: a second declare', () => {
  expect(read(secondDeclare(INCIDENT, { newChannel: true }))).toMatchInlineSnapshot(`
    "» INC-42 is open in this channel already
    **INC-42 · P1 · Checkout returns 500s** is open in this channel already. One channel holds one open incident.
    (Use INC-42!|use-open|42) (New channel|new-channel|42)"
  `);
});

test('asking back: a second declare where there is no other channel', () => {
  expect(read(secondDeclare(INCIDENT, { newChannel: false }))).toMatchInlineSnapshot(`
    "» INC-42 is open in this channel already
    **INC-42 · P1 · Checkout returns 500s** is open in this channel already. One channel holds one open incident.
    For another one, declare it in another channel.
    (Use INC-42!|use-open|42)"
  `);
});

test('asking back: a typo runs nothing', () => {
  expect(read(didYouMean('resolv <!here>', ['resolve INC-42']))).toMatchInlineSnapshot(`
    "» "resolv &lt;!here&gt;" is no command
    \`resolv <!here>\` is no command; nothing was run. Did you mean:
    (resolve INC-42|say:0|resolve INC-42) (help|say:1|help)"
  `);
});

test('asking back: which environment', () => {
  expect(read(whichEnvironment(['prod', 'staging'], 'prom up'))).toMatchInlineSnapshot(`
    "» Which environment?
    Which environment? Click one, or type it with \`env:prod\`.
    (prod|say:0|prom up env:prod) (staging|say:1|prom up env:staging)"
  `);
});

test('asking back: which incident', () => {
  expect(read(whichIncident([INCIDENT, OTHER], (id) => `mitigate ${id}`, reading))).toMatchInlineSnapshot(`
    "» Which incident?
    Which incident? Click one, or put its id first.
    **INC-42 · P1 · Checkout returns 500s**
    investigating · since {13:58 UTC} · lead @Lea · update due **{15:01 UTC}** · <#C0CHECKOUT>
    **INC-41 · P2 · Search is slow**
    mitigated · since {13:58 UTC} · lead @Bo · <#C0CHECKOUT>
    (INC-42|say:0|mitigate INC-42) (INC-41|say:1|mitigate INC-41)"
  `);
});
