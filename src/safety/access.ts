/** Who asks, as Slack's signed payload and `users.info` say. */
export interface Actor {
  readonly user: string;
  /** The actor's own workspace, not the one the channel lives in. */
  readonly team: string;
  readonly kind: 'member' | 'guest' | 'bot';
  readonly deactivated?: boolean;
}

/** Where the signed event came from. */
export interface Place {
  readonly channel: string;
}

/** What the rules need to know of an incident. */
export interface GuardedIncident {
  readonly channel: string;
  /** In a private channel. */
  readonly private: boolean;
}

/** Who besides full members is let in, from the configuration. */
export interface Openings {
  readonly guests?: boolean;
  /** Ids of partner workspaces (Slack Connect). */
  readonly teams?: readonly string[];
  /** User ids of bots that may act. */
  readonly bots?: readonly string[];
}

export interface Asked {
  readonly actor: Actor;
  readonly channel: Place;
  readonly incident: GuardedIncident;
  readonly homeTeam: string;
  readonly openings?: Openings;
  /** True when something other than the event's channel proves membership: a role in the incident, or a look-up. */
  readonly knownMember?: boolean;
}

/** `why` and `nextStep` are one calm sentence each. */
export type Verdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly why: string; readonly nextStep: string };

const YES: Verdict = { ok: true };
const no = (why: string, nextStep: string): Verdict => ({ ok: false, why, nextStep });

/**
 * Full members of the home workspace who are in the incident's channel, and whom the configuration lets in; the same for a typed
 * command and a click. Pure; fails closed.
 */
export function mayAct(asked: Asked): Verdict {
  const { incident } = asked;
  const stranger = refuseStranger(asked);
  if (stranger !== undefined) return stranger;
  const present = asked.channel.channel === incident.channel || asked.knownMember === true;
  if (present) return YES;
  return incident.private
    ? // The channel is not named: that it exists is private too.
      no('This incident is only open to people in its channel.', 'Ask someone in it to invite you.')
    : no('This is for people in the incident’s channel.', `Join <#${incident.channel}> and do it there.`);
}

function refuseStranger({ actor, homeTeam, openings = {} }: Asked): Verdict | undefined {
  if (actor.deactivated) return no('This account is deactivated.', 'Someone else has to do it.');
  if (actor.kind === 'bot') {
    if (openings.bots?.includes(actor.user)) return undefined;
    return no(
      'Apps cannot do this.',
      'A person has to, or whoever runs Steady can name the app in its configuration.',
    );
  }
  if (actor.team !== homeTeam && !openings.teams?.includes(actor.team))
    return no('This is for members of the workspace that runs Steady.', 'Ask one of them in this channel.');
  if (actor.kind === 'guest' && openings.guests !== true)
    return no('Guests cannot do this here.', 'Ask a full member in this channel.');
  return undefined;
}
