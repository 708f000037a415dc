import { describe, expect, it } from 'vitest';
import { type Asked, mayAct } from '../../src/safety/access.ts';

const OPEN: Asked = {
  actor: { user: 'ULEA', team: 'THOME', kind: 'member' },
  channel: { channel: 'C1' },
  incident: { channel: 'C1', private: false },
  homeTeam: 'THOME',
};
const why = (asked: Partial<Asked>): string => {
  const verdict = mayAct({ ...OPEN, ...asked });
  return verdict.ok ? 'ok' : verdict.why;
};

describe('the default rule', () => {
  it('lets every full member act whose signed event came from the incident’s channel', () => {
    expect(mayAct(OPEN)).toEqual({ ok: true });
  });

  it('sends others to the channel, unless a role or a look-up proves membership', () => {
    expect(mayAct({ ...OPEN, channel: { channel: 'D1' } })).toEqual({
      ok: false,
      why: 'This is for people in the incident’s channel.',
      nextStep: 'Join <#C1> and do it there.',
    });
    expect(why({ channel: { channel: 'D1' }, knownMember: true })).toBe('ok');
  });

  it('refuses guests, strangers, apps and deactivated accounts unless configured', () => {
    const guest = { ...OPEN.actor, kind: 'guest' } as const;
    const stranger = { ...OPEN.actor, team: 'TPARTNER' };
    const bot = { ...OPEN.actor, user: 'UBOT', kind: 'bot' } as const;
    expect(why({ actor: guest })).toBe('Guests cannot do this here.');
    expect(why({ actor: guest, openings: { guests: true } })).toBe('ok');
    expect(why({ actor: stranger })).toBe('This is for members of the workspace that runs Steady.');
    expect(why({ actor: stranger, openings: { teams: ['TPARTNER'] } })).toBe('ok');
    expect(why({ actor: { ...guest, team: 'TPARTNER' }, openings: { teams: ['TPARTNER'] } })).toBe(
      'Guests cannot do this here.',
    );
    expect(why({ actor: bot })).toBe('Apps cannot do this.');
    expect(why({ actor: bot, openings: { bots: ['UBOT'] } })).toBe('ok');
    expect(why({ actor: { ...OPEN.actor, deactivated: true } })).toBe('This account is deactivated.');
  });
});

describe('private incidents', () => {
  const incident = { channel: 'G1', private: true };

  it('are for channel members only, and their channel is not named', () => {
    const verdict = mayAct({ ...OPEN, incident });
    expect(verdict).toMatchObject({
      ok: false,
      why: 'This incident is only open to people in its channel.',
    });
    expect(JSON.stringify(verdict)).not.toContain('G1');
    expect(why({ incident, channel: { channel: 'G1' } })).toBe('ok');
  });
});
