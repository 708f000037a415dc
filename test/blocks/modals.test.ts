import { describe, expect, test } from 'vitest';
import { homeView } from '../../blocks/home.ts';
import { declareModal, readDeclare } from '../../blocks/modals/declare.ts';
import { entryModal, readEntry } from '../../blocks/modals/entry.ts';
import type { Submitted } from '../../blocks/modals/fields.ts';
import { handoffModal, readHandoff } from '../../blocks/modals/handoff.ts';
import { readIncident } from '../../blocks/modals/incident-choice.ts';
import { type LessonForm, lessonBlocks, readLessons } from '../../blocks/modals/lessons.ts';
import { mitigateModal, readMitigate } from '../../blocks/modals/mitigate.ts';
import { readResolve, resolveModal } from '../../blocks/modals/resolve.ts';
import { readUpdateModal, updateModal } from '../../blocks/modals/update.ts';
import { MINUTE } from '../../src/domain/time.ts';
import { lessons } from './gallery-closing.ts';
import { readView } from './read.ts';
import { at, CHANNEL, INCIDENT, LEA, reading } from './sample.ts';

const submitted = (values: Record<string, object>): Submitted =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { [name]: value }]));

test('declare asks for a title and a severity; the rest may stay empty', () => {
  const modal = declareModal(
    { title: 'Checkout returns 500s', severity: 'P1', channel: CHANNEL },
    { source: 'alert-1' },
  );
  expect(readView(modal)).toMatchInlineSnapshot(`
    "» Declare an incident (Declare|declare|{"source":"alert-1"})
    What is happening?: <plain_text_input|title|now Checkout returns 500s>
    Severity: <static_select|severity|P1 · customers cannot work=P1, P2 · customers are hindered=P2, P3 · few notice=P3, P4 · nobody notices yet=P4, now P1>
    Channel: <conversations_select|channel|now C0CHECKOUT> ~ The status card is posted here
    Impact since?: <datetimepicker|impact-start>
    Dashboard?: <plain_text_input|link>
    Service?: <plain_text_input|service>"
  `);
});

test('a declare is read back', () => {
  const read = readDeclare(
    submitted({
      title: { value: '  Checkout returns 500s ' },
      severity: { selected_option: { value: 'P1' } },
      channel: { selected_conversation: CHANNEL },
      'impact-start': { selected_date_time: at('13:58') / 1000 },
      link: { value: 'https://grafana.example.com/d/1' },
      service: { value: null },
    }),
  );
  expect(read).toEqual({
    title: 'Checkout returns 500s',
    severity: 'P1',
    channel: CHANNEL,
    impactSince: at('13:58'),
    link: 'https://grafana.example.com/d/1',
  });
  expect(readDeclare(submitted({ severity: { selected_option: { value: 'P9' } } }))).toEqual({ title: '' });
});

test('an update is filled from its draft and read back', () => {
  const fields = { impact: '23 % (E1)', doing: 'rolling back' };
  const modal = updateModal(INCIDENT, { fields, next: 20 * MINUTE, meta: { incident: 42, promise: 2 } });
  expect(readView(modal)).toMatchInlineSnapshot(`
    "» INC-42 update (Post update|update|{"incident":42,"promise":2})
    Impact?: <plain_text_input|impact|now 23 % (E1)> ~ Who is hurt and how much. Name the evidence that shows the number
    What we know?: <plain_text_input|known>
    Doing?: <plain_text_input|doing|now rolling back>
    Next update: <static_select|next|in 15 min=15m, in 20 min=20m, in 30 min=30m, in 45 min=45m, in 1 h=1h, in 2 h=2h, in 4 h=4h, now 20m>"
  `);
  const values = submitted({
    impact: { value: '23 % (E1)' },
    known: { value: '   ' },
    doing: { value: 'rolling back' },
    next: { selected_option: { value: '20m' } },
  });
  expect(readUpdateModal(values)).toEqual({ fields, next: 20 * MINUTE });
});

test('a text too long for an input is cut, and the hint says so', () => {
  const modal = updateModal(INCIDENT, {
    fields: { known: '😀'.repeat(2_000) },
    next: MINUTE,
    meta: {},
    fixing: true,
  });
  expect(readView(modal)).toContain('~ Only the first 3,000 of 4,000 characters fit here');
  expect(readView(modal)).not.toContain('next');
});

test.each([['mitigate', mitigateModal, readMitigate]] as const)(
  '%s takes words and a time, or neither',
  (callback, draw, readBack) => {
    expect(draw(INCIDENT, { incident: 42 })).toMatchObject({
      callback_id: callback,
      private_metadata: '{"incident":42}',
    });
    expect(readBack(submitted({ words: { value: '' }, at: { selected_date_time: null } }))).toEqual({});
    const full = submitted({
      words: { value: 'limit raised (E1)' },
      at: { selected_date_time: at('14:39') / 1000 },
    });
    expect(readBack(full)).toEqual({ text: 'limit raised (E1)', at: at('14:39') });
  },
);

test('a hand-off names a person and a role', () => {
  expect(readView(handoffModal(INCIDENT, { incident: 42 }, { role: 'comms' }))).toMatchInlineSnapshot(`
    "» Hand off INC-42 (Offer it|hand-off|{"incident":42})
    To: <users_select|person> ~ They are asked, and accept with a click. Until then it stays with you
    Role: <static_select|role|lead=lead, comms=comms, ops=ops, scribe=scribe, now comms>"
  `);
  const values = submitted({ person: { selected_user: LEA }, role: { selected_option: { value: 'ops' } } });
  expect(readHandoff(values)).toEqual({ to: LEA, role: 'ops' });
  expect(readHandoff({})).toEqual({ role: 'lead' });
});

test('an entry is editable, and asks which incident only where that is open', () => {
  expect(readView(entryModal('pods restart', [INCIDENT], { ts: '1.2' }))).toMatchInlineSnapshot(`
    "» Add to timeline (Add|entry|{"ts":"1.2"})
    Incident: <static_select|incident|INC-42 · P1 · Checkout returns 500s=42, now 42>
    What the timeline keeps: <plain_text_input|words|now pods restart> ~ The message itself is linked"
  `);
  expect(readView(entryModal('pods restart', [INCIDENT], { incident: 42 }))).not.toContain('static_select');
  const values = submitted({
    words: { value: 'pods restart' },
    incident: { selected_option: { value: '42' } },
  });
  expect(readEntry(values)).toEqual({ text: 'pods restart', incident: 42 });
  expect(readIncident({})).toBeUndefined();
});

test('the home tab: what waits first, then the incidents of the reader', () => {
  const { promise: _ended, ...bare } = INCIDENT;
  const other = { ...bare, number: 41, title: 'Search is slow', phase: 'mitigated' } as const;
  const waiting = [{ incident: 42, kind: 'offer', at: at('14:30'), says: 'comms', second: 7 }] as const;
  expect(readView(homeView({ open: [other, INCIDENT], waiting, led: [42], reading }))).toMatchInlineSnapshot(`
    "# Waiting for you
    **INC-42**: you are offered comms since {14:30 UTC}
    (Accept!|accept-offer|42/7) (Decline|decline-offer|42/7)
    ---
    # 2 open incidents
    **🔴 INC-42 · P1 · Checkout returns 500s**
    investigating · since {13:58 UTC} · lead @Lea · update due **{15:01 UTC}** · <#C0CHECKOUT> · you lead
    (Post update|post-update|42)
    **🟢 INC-41 · P1 · Search is slow**
    mitigated · since {13:58 UTC} · lead @Lea · <#C0CHECKOUT>
    (Declare an incident|open-declare|)
    ~ As of 14:40 UTC"
  `);
});

test('the home tab of a newcomer says what to try', () => {
  expect(readView(homeView({ open: [], waiting: [], led: [], reading }))).toMatchInlineSnapshot(`
    "# No open incidents
    Steady keeps an incident channel informed: it asks the telemetry, shows where each answer comes from, and sees that updates come when they were promised.
    **Three things to try**
    - In a channel: \`@Steady declare P2 checkout is slow here\`
    - Then ask: \`@Steady prom up\`
    - Put 📌 on a message: it goes on the timeline
    (Declare an incident!|open-declare|)
    ~ As of 14:40 UTC"
  `);
});

test('resolve asks for the cause and the five questions; what is left out is not sure', () => {
  const form = {
    incident: 42,
    lessons: lessons('payments limits us'),
    audience: { org: 'acme', private: false, workspace: 'Acme' },
  };
  expect(resolveModal(INCIDENT, { incident: 42 }, form)).toMatchObject({
    callback_id: 'resolve',
    private_metadata: '{"incident":42}',
    blocks: [
      { block_id: 'words' },
      { block_id: 'at' },
      { block_id: 'mechanism', element: { type: 'radio_buttons' } },
      { block_id: 'tested' },
      { block_id: 'assumptions' },
      { block_id: 'alternatives' },
      { block_id: 'counterfactual' },
      { type: 'divider' },
      // Folded: one box each, all ticked, so that keeping them costs no click.
      { block_id: 'kept-lessons', element: { type: 'checkboxes', initial_options: { length: 8 } } },
      { type: 'actions' },
      { type: 'context' },
      { block_id: 'lessons-reason', optional: true },
    ],
  });
  expect(
    readResolve(
      submitted({
        words: { value: 'limit raised (E1)' },
        mechanism: { selected_option: { value: 'E1' } },
        tested: { selected_option: { value: 'no' } },
        assumptions: { selected_option: { value: 'yes, of course' } },
      }),
    ),
  ).toEqual({
    text: 'limit raised (E1)',
    answers: [
      { question: 'mechanism', says: 'yes', evidence: 'E1' },
      { question: 'disproof', says: 'no' },
      { question: 'assumptions', says: 'unsure' },
      { question: 'alternatives', says: 'unsure' },
      { question: 'counterfactual', says: 'unsure' },
    ],
  });
});

describe('what it taught', () => {
  const ids = lessons('x').map((one) => one.id);
  const form = (more: Partial<LessonForm> = {}): LessonForm => ({
    incident: 42,
    lessons: lessons('payments limits us'),
    audience: { org: 'acme', private: false, workspace: 'Acme' },
    ...more,
  });
  const drawn = (more?: Partial<LessonForm>) => JSON.stringify(lessonBlocks(form(more)));

  test('ticked boxes are kept; the words are kept, changed, or emptied to leave one out', () => {
    const boxes = { 'kept-lessons': { selected_options: [{ value: 'incident' }, { value: 'query/E1' }] } };
    expect(readLessons(submitted(boxes), ids)).toMatchObject({
      keep: [{ id: 'incident' }, { id: 'query/E1' }],
      out: ids.filter((id) => id !== 'incident' && id !== 'query/E1'),
    });
    expect(readLessons(submitted({ 'kept-lessons': { selected_options: [] } }), ids).keep).toEqual([]);
    const words = { 'lesson-1': { value: 'it was payments' }, 'lesson-2': { value: ' ' } };
    expect(readLessons(submitted(words), ids)).toMatchObject({
      keep: [{ id: 'incident', text: 'it was payments' }],
      out: ids.slice(1),
    });
  });

  test('says who will know it, and asks before anything of a private incident leaves its channel', () => {
    expect(drawn()).toContain('Kept for acme: everyone in Acme can recall it');
    expect(drawn({ audience: { private: false, workspace: 'Acme' } })).toContain(
      'Kept for you alone: no team’s knowledge',
    );
    const secret = drawn({ audience: { org: 'acme', private: true, workspace: 'Acme' } });
    expect(secret).toContain('For acme: everyone in Acme can recall it');
    expect(secret).toContain('"initial_option":{"text":{"type":"plain_text","text":"Keep it for me"');
  });

  test('begins with what was chosen before', () => {
    const [, boxes] = lessonBlocks(
      form({ choice: { out: ['incident'], keep: [{ id: 'fact/H1', text: 'in my words' }] } }),
    );
    expect(JSON.stringify(boxes)).toContain('in my words');
    expect(boxes).toMatchObject({ element: { initial_options: { length: 7 } } });
    const edited = lessonBlocks(form({ editing: true, choice: { out: ['incident'], keep: [] } }));
    expect(edited.filter((one) => one.type === 'input').map((one) => one.block_id)).toEqual([
      ...[2, 3, 4, 5, 6, 7, 8].map((nth) => `lesson-${nth}`),
      'lessons-reason',
    ]);
  });
});
