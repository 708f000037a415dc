/** Who may do a thing. */
export type AccessRule =
  /** The default: full members of the home workspace who are in the incident's channel. */
  | { readonly who: 'members' }
  /** Members of these Slack user groups, by id. */
  | { readonly who: 'groups'; readonly groups: readonly string[] };

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
  readonly rule: AccessRule;
  readonly actor: Actor;
  readonly channel: Place;
  readonly incident: GuardedIncident;
  /** Members by group id; a group that could not be looked up is absent, and nobody is in it. */
  readonly groups: ReadonlyMap<string, ReadonlySet<string>>;
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

/** The same rule for a typed command and a click. Pure; fails closed. */
export function mayAct(asked: Asked): Verdict {
  const { rule, incident } = asked;
  const stranger = refuseStranger(asked);
  if (stranger !== undefined) return stranger;
  const present = asked.channel.channel === incident.channel || asked.knownMember === true;
  if (!present && (incident.private || rule.who === 'members'))
    return incident.private
      ? // The channel is not named: that it exists is private too.
        no('This incident is only open to people in its channel.', 'Ask someone in it to invite you.')
      : no('This is for people in the incident’s channel.', `Join <#${incident.channel}> and do it there.`);
  return rule.who === 'members' ? YES : inGroups(rule.groups, asked);
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

function inGroups(wanted: readonly string[], { actor, groups }: Asked): Verdict {
  if (wanted.some((group) => groups.get(group)?.has(actor.user))) return YES;
  const names = wanted.map((group) => `<!subteam^${group}>`).join(' or ');
  if (wanted.some((group) => !groups.has(group)))
    return no(`Slack did not say who is in ${names}.`, 'Try again in a minute.');
  return wanted.length === 0
    ? no(
        'Nobody has been named who may do this.',
        'Whoever runs Steady can name a user group in its configuration.',
      )
    : no(`This is for ${names}.`, 'Ask one of them in this channel.');
}
