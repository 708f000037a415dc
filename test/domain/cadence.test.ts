import { describe, expect, it } from 'vitest';
import {
  asks,
  type CadenceSettings,
  DEFAULT_CADENCE,
  due,
  intervalFor,
  keptSoFar,
  ladder,
  nextDueAt,
} from '../../src/domain/cadence.ts';
import type { Command } from '../../src/domain/command.ts';
import type { Incident, Rung, UpdatePromise } from '../../src/domain/incident.ts';
import { HOUR, MINUTE, SECOND } from '../../src/domain/time.ts';
import { at, given, type Story, T0, under } from './given.ts';

const UPDATE: Command = { type: 'update', fields: { known: 'x' }, evenIfSame: true };

function rungAt(story: Story, minute: number, cadence: CadenceSettings = DEFAULT_CADENCE): Rung | undefined {
  return due(story.incident, cadence, at(minute))?.rung;
}

/** Ticks once: whatever is due is climbed. */
function tick(story: Story, minute: number, cadence: CadenceSettings = DEFAULT_CADENCE): Story {
  const step = due(story.incident, cadence, at(minute));
  if (!step) return story;
  const { promise, rung, ask, passed } = step;
  return story.and([minute, { type: 'nudge', promise, rung, asked: ask, passed }, 'steady']);
}

/** Which rungs come when somebody looks every minute. */
function heard(story: Story, from: number, to: number, cadence?: CadenceSettings): readonly string[] {
  const out: string[] = [];
  let now = story;
  for (let minute = from; minute <= to; minute++) {
    const rung = rungAt(now, minute, cadence);
    if (rung) out.push(`${minute} ${rung}`);
    now = tick(now, minute, cadence);
  }
  return out;
}

describe('the ladder of the default promise', () => {
  it('drafts before, asks at the time, then again, then further people, up to the cap', () => {
    expect(heard(given(), 0, 200)).toEqual([
      '25 draft',
      '30 due',
      '35 late',
      '45 escalate',
      '75 repeat-1',
      '105 repeat-2',
    ]);
    expect(heard(under({ nudgeCap: 1 }), 0, 200, { ...DEFAULT_CADENCE, nudgeCap: 1 })).toEqual([
      '25 draft',
      '30 due',
    ]);
    expect(heard(given(), 0, 200, { ...DEFAULT_CADENCE, nudgeCap: 3 })).toHaveLength(4);
  });

  it('says which promise, since when, whom it asks and why', () => {
    expect(due(given().incident, DEFAULT_CADENCE, at(32))).toEqual({
      promise: 1,
      rung: 'due',
      at: at(30),
      promisedAt: at(30),
      overdueBy: 2 * MINUTE,
      ask: ['LEA'],
      passed: ['draft'],
      why: 'promise 1 is due; draft passed while nobody was looking',
    });
  });

  it('asks the lead, then comms as well, then those named for escalation', () => {
    const { incident } = given([1, { type: 'give-role', role: 'comms', to: 'BO' }]);
    const settings = { ...DEFAULT_CADENCE, escalateTo: ['MARA', 'LEA'] };
    const rungs: readonly Rung[] = ['draft', 'due', 'late', 'escalate', 'repeat-1'];
    expect(rungs.map((rung) => asks(incident, settings, rung))).toEqual([
      ['LEA'],
      ['LEA'],
      ['LEA', 'BO'],
      ['MARA'],
      ['MARA'],
    ]);
  });

  it('falls back to whoever declared where nobody else is named', () => {
    const { incident } = given([1, { type: 'take-lead' }, 'KAI']);
    expect(asks(incident, DEFAULT_CADENCE, 'escalate')).toEqual(['KAI', 'LEA']);
    expect(asks(incident, { ...DEFAULT_CADENCE, escalateTo: ['KAI'] }, 'escalate')).toEqual(['KAI', 'LEA']);
    expect(asks(given().incident, { ...DEFAULT_CADENCE, escalateTo: ['LEA'] }, 'repeat-2')).toEqual(['LEA']);
    const both = given([1, { type: 'give-role', role: 'comms', to: 'LEA' }]).incident;
    expect(asks(both, DEFAULT_CADENCE, 'late')).toEqual(['LEA']);
  });
});

describe('what makes a new promise', () => {
  it('an update at minute 29 leaves no nudge until minute 59', () => {
    const story = tick(given(), 25).and([29, UPDATE]);
    expect(heard(story, 29, 59)).toEqual(['54 draft', '59 due']);
  });

  it('a snooze moves one promise and never the interval', () => {
    const snoozed = given([20, { type: 'snooze', for: 90 * MINUTE, reason: 'vendor' }]);
    expect(snoozed.incident.promise).toMatchObject({ number: 2, dueAt: at(110), snoozed: { from: at(30) } });
    expect(heard(snoozed, 20, 110)).toEqual(['105 draft', '110 due']);
    expect(snoozed.and([60, UPDATE]).incident.promise).toMatchObject({ madeAt: at(60), dueAt: at(90) });
    expect(snoozed.and([60, UPDATE]).incident.promise?.snoozed).toBeUndefined();
  });

  it('neither notes nor entries nor evidence nor roles do', () => {
    const { incident } = given(
      [1, { type: 'note', text: 'x' }],
      [2, { type: 'give-role', role: 'ops', to: 'BO' }],
      [3, { type: 'take-lead' }, 'KAI'],
      [4, { type: 'join', person: 'MARA' }],
      [5, { type: 'title', title: 'y' }],
      [6, { type: 'started', at: at(-3) }],
    );
    expect(incident.promise).toMatchObject({ number: 1, dueAt: at(30) });
  });

  it('two heartbeats in a row do, the third needs a sentence, and an update frees them again', () => {
    const two = given([10, { type: 'no-change' }], [20, { type: 'no-change' }]);
    expect(two.incident.promise?.dueAt).toBe(at(50));
    expect(two.refused(30, { type: 'no-change' }).rule).toBe('heartbeats-used-up');
    const again = two.and([30, UPDATE], [40, { type: 'no-change' }]);
    expect(again.incident).toMatchObject({ heartbeatsInARow: 1, promise: { dueAt: at(70) } });
    expect(two.and([31, { type: 'mitigate' }], [32, { type: 'no-change' }]).incident.heartbeatsInARow).toBe(
      1,
    );
  });

  it.each<[string, Command]>([
    ['resolve', { type: 'override', reason: 'it is over' }],
    ['cancel', { type: 'cancel', reason: 'false alarm' }],
    ['merge', { type: 'merge', into: { number: 41, phase: 'investigating', title: '' } }],
  ])('%s silences everything at once, reopen starts anew', (_name, command) => {
    for (const minute of [10, 27, 31, 50]) {
      const over = tick(given(), minute - 1).and([minute, command]);
      expect(nextDueAt(over.incident, DEFAULT_CADENCE)).toBeUndefined();
      expect(heard(over, minute, 300)).toEqual([]);
      expect(
        over.when(minute + 1, { type: 'nudge', promise: 1, rung: 'late', asked: [], passed: [] }),
      ).toEqual([]);
      expect(heard(over.and([100, { type: 'reopen' }]), 100, 130)).toEqual(['125 draft', '130 due']);
    }
  });

  it('a mitigated incident still promises', () => {
    expect(heard(given([10, { type: 'mitigate' }]), 10, 40)).toEqual(['35 draft', '40 due']);
  });

  it('a worse severity may only bring a promise forward, without a new number', () => {
    const table = { investigating: { P1: 10 * MINUTE, P3: HOUR } } as const;
    const low = under({ table }, at(60)).and([1, { type: 'severity', severity: 'P3' }]);
    expect(low.incident.promise).toMatchObject({ number: 1, dueAt: at(60) });
    const high = low.and([5, { type: 'severity', severity: 'P1' }]);
    expect(high.incident.promise).toMatchObject({ number: 1, dueAt: at(15) });
    expect(high.and([6, { type: 'severity', severity: 'P3' }]).incident.promise?.dueAt).toBe(at(15));
  });
});

describe('late looks, clocks that step, restarts', () => {
  it('a late look speaks once, for the highest rung', () => {
    expect(due(given().incident, DEFAULT_CADENCE, at(50))).toMatchObject({
      rung: 'escalate',
      passed: ['draft', 'due', 'late'],
    });
    expect(heard(given(), 50, 70)).toEqual(['50 escalate']);
  });

  it('a clock that steps back asks nothing again', () => {
    const asked = tick(tick(given(), 30), 35);
    expect(heard(asked, 20, 44)).toEqual([]);
    expect(heard(asked, 45, 45)).toEqual(['45 escalate']);
  });

  it('a promise whose time was moved forward keeps its later rungs', () => {
    const asked = tick(under({}, at(60)), 55).and([56, { type: 'severity', severity: 'P2' }]);
    expect(heard(asked, 56, 62)).toEqual(['60 due']);
  });
});

describe('short and long promises', () => {
  it.each([10 * SECOND, 11 * SECOND, MINUTE, 7 * MINUTE, 30 * MINUTE, 24 * HOUR])(
    '%i ms keep the rungs in order',
    (length) => {
      for (const settings of [
        DEFAULT_CADENCE,
        { ...DEFAULT_CADENCE, nudgeCap: 9, lateAfter: 20 * MINUTE, escalateAfter: 10 * MINUTE },
        { ...DEFAULT_CADENCE, lateAfter: HOUR, draftBefore: HOUR },
        { ...DEFAULT_CADENCE, lateAfter: SECOND, escalateAfter: SECOND, draftBefore: SECOND },
      ]) {
        const times = ladder(promise({ dueAt: T0 + length }), settings).map((step) => step.at);
        expect(times.toSorted((a, b) => a - b)).toEqual(times);
        expect(new Set(times).size).toBe(times.length);
        expect(times[0]).toBeGreaterThan(T0);
        expect(times[1]).toBe(T0 + length);
      }
    },
  );
});

describe('people who cannot be reached', () => {
  it('bring the next rung at once, never before the promise', () => {
    const gone = tick(given(), 30).and([
      30,
      { type: 'unreachable', promise: 1, person: 'LEA', why: 'asleep' },
    ]);
    expect(rungAt(gone, 30)).toBe('late');
    const early = tick(given(), 25).and([
      25,
      { type: 'unreachable', promise: 1, person: 'LEA', why: 'asleep' },
    ]);
    expect(rungAt(early, 29)).toBeUndefined();
    const asked = tick(early, 30);
    expect(rungAt(asked, 30)).toBe('late');
    expect(rungAt(tick(asked, 30), 30)).toBe('escalate');
  });

  it('do not hurry anybody while one of those asked can hear', () => {
    const story = given([1, { type: 'give-role', role: 'comms', to: 'BO' }]);
    const late = tick(tick(tick(story, 25), 30), 35);
    const one = late.and([35, { type: 'unreachable', promise: 1, person: 'LEA', why: 'asleep' }]);
    expect(rungAt(one, 36)).toBeUndefined();
    const both = one.and([36, { type: 'unreachable', promise: 1, person: 'BO', why: 'outside' }]);
    expect(rungAt(both, 36)).toBe('escalate');
  });
});

describe('how far apart promises are', () => {
  const open = { phase: 'investigating', severity: 'P1', declaredAt: T0 } as const;
  const table = { investigating: { P1: 15 * MINUTE }, mitigated: { P1: HOUR } };
  const longMode = { after: 10 * MINUTE, updateEvery: 2 * HOUR };

  it('takes phase and severity from the table, the default elsewhere', () => {
    const settings = { ...DEFAULT_CADENCE, table };
    expect(intervalFor(settings, open, at(1))).toBe(15 * MINUTE);
    expect(intervalFor(settings, { ...open, severity: 'P2' }, at(1))).toBe(30 * MINUTE);
    expect(intervalFor(settings, { ...open, phase: 'mitigated' }, at(1))).toBe(HOUR);
    expect(given().incident.promise?.dueAt).toBe(at(30));
  });

  it('goes into long mode after its time, never in the first hour', () => {
    const settings = { ...DEFAULT_CADENCE, table, longMode };
    expect(intervalFor(settings, open, at(59))).toBe(15 * MINUTE);
    expect(intervalFor(settings, open, at(60))).toBe(2 * HOUR);
    expect(intervalFor({ ...settings, longMode: { ...longMode, after: 3 * HOUR } }, open, at(100))).toBe(
      15 * MINUTE,
    );
  });

  it('mitigating takes the interval of the new phase', () => {
    expect(under({ table }, at(15)).and([1, { type: 'mitigate' }]).incident.promise?.dueAt).toBe(at(61));
  });
});

describe('what a heartbeat says', () => {
  it('counts what happened since the last word, and nothing of Steady itself', () => {
    const story = given(
      [1, { type: 'note', text: 'before' }],
      [5, UPDATE],
      [6, { type: 'note', text: 'restarted' }],
      [7, { type: 'join', person: 'BO' }, 'BO'],
      [8, { type: 'nudge', promise: 2, rung: 'draft', asked: ['LEA'], passed: [] }, 'steady'],
    );
    expect(story.when(10, { type: 'no-change' })).toMatchObject([
      { since: { queries: 0, joined: ['BO'], notes: 1, entries: 0, inARow: 1 } },
    ]);
    expect(story.when(10, { type: 'no-change' })[0]).not.toHaveProperty('since.quietSince');
  });

  it('says since when it is quiet, the second time as well', () => {
    const story = given([5, UPDATE], [20, { type: 'no-change' }]);
    expect(story.when(40, { type: 'no-change' })).toMatchObject([
      { since: { quietSince: at(5), inARow: 2 } },
    ]);
  });
});

describe('how promises were kept', () => {
  const kept = (incident: Incident, minute: number) => keptSoFar(incident, at(minute));

  it('has no rate where nothing was due', () => {
    expect(kept(given().incident, 10)).toEqual({
      kept: 0,
      of: 0,
      onTimeRate: null,
      longestSilence: 10 * MINUTE,
    });
    expect(kept(given([10, { type: 'override', reason: 'it is over' }]).incident, 99)).toMatchObject({
      of: 0,
      onTimeRate: null,
    });
  });

  it('counts kept and missed, the one overdue now as well', () => {
    const { incident } = given([20, UPDATE], [60, UPDATE], [90, UPDATE]);
    expect(kept(incident, 100)).toEqual({ kept: 2, of: 3, onTimeRate: 2 / 3, longestSilence: 40 * MINUTE });
    expect(kept(incident, 121)).toMatchObject({ kept: 2, of: 4 });
  });

  it('does not let a snooze after the time hide that it was missed', () => {
    const late = given([31, { type: 'snooze', for: 30 * MINUTE, reason: 'x' }]).incident;
    expect(kept(late, 32)).toMatchObject({ kept: 0, of: 1, onTimeRate: 0 });
    const early = given([29, { type: 'snooze', for: 30 * MINUTE, reason: 'x' }]).incident;
    expect(kept(early, 32)).toMatchObject({ of: 0, onTimeRate: null });
  });

  it('counts an overdue promise as missed when it ends without a word', () => {
    expect(kept(given([31, { type: 'override', reason: 'it is over' }]).incident, 99)).toMatchObject({
      kept: 0,
      of: 1,
    });
  });

  it('does not count the time between the end and a reopening as silence', () => {
    const { incident } = given(
      [20, UPDATE],
      [40, { type: 'override', reason: 'it is over' }],
      [600, { type: 'reopen' }],
      [610, UPDATE],
    );
    expect(kept(incident, 615).longestSilence).toBe(20 * MINUTE);
  });
});

function promise(more: Partial<UpdatePromise>): UpdatePromise {
  return { number: 1, madeAt: T0, dueAt: at(30), climbed: [], unreachable: [], ...more };
}
