import { RuleViolation } from '../domain/errors.ts';
import { type Incident, incidentId } from '../domain/incident.ts';
import { findIncident } from '../flows/incident-of.ts';
import type { IncidentRef, Projection } from '../storage/store.ts';
import type { Call } from './command-row.ts';

/** Which incident a command is about: the one named, else the channel's, else in a direct message the only one you lead. */
export async function targetOf(call: Call): Promise<Incident> {
  const { bot, request } = call;
  const { store } = bot.world;
  if (call.incident !== undefined) return seen(call, { team: request.team, number: call.incident });
  if (request.channel !== undefined && !request.direct) {
    const here = await store.inChannel(request.team, request.channel);
    if (here && (here.open || call.row.target === 'any')) return seen(call, here.ref);
    throw await nothingHere(call, here);
  }
  const open = await visible(call, await store.list(request.team, { open: true, limit: 25 }));
  const led = open.filter((one) => one.lead === request.by);
  const [mine] = led;
  if (mine && led.length === 1) return seen(call, mine.ref);
  const [only] = open;
  if (!only)
    throw new RuleViolation(
      'no-open-incident',
      'No incident is open. `declare P2 checkout is slow` starts one.',
    );
  // Looking at the only one there is hurts nobody; changing it from afar takes a click on its name.
  if (open.length === 1 && call.row.looks === true) return seen(call, only.ref);
  throw whichOne(call, led.length > 0 ? led : open);
}

async function seen(call: Call, ref: IncidentRef): Promise<Incident> {
  const incident = await findIncident(call.bot.world.store, ref);
  if (incident && (await maySee(call, incident))) {
    if (call.row.looks !== true) await mustBeThere(call, incident);
    return incident;
  }
  throw new RuleViolation(
    'no-such-incident',
    `There is no ${incidentId(ref.number)} that you can see. \`list\` shows the open ones.`,
    [{ label: 'List', command: 'list' }],
  );
}

/** Speaking or clicking in the incident's channel proves membership; from elsewhere a role or a look-up must. */
export async function mustBeThere(
  { bot, request }: Pick<Call, 'bot' | 'request'>,
  incident: Incident,
): Promise<void> {
  if (request.channel === incident.channel) return;
  if ([incident.lead, incident.comms, incident.declaredBy, incident.offer?.to].includes(request.by)) return;
  if (await bot.directory.inChannel(request.team, request.by, incident.channel)) return;
  if (!incident.private && (await bot.inAllowedGroup(request.by))) return;
  throw new RuleViolation(
    'not-there',
    `${incidentId(incident.number)} is run in another channel, and you are not in it. Join <#${incident.channel}> and say it there.`,
  );
}

/** A private incident is for those in its channel; whoever speaks there has shown that. */
export async function maySee(
  call: Pick<Call, 'bot' | 'request'>,
  incident: { readonly private: boolean; readonly channel: string },
): Promise<boolean> {
  const { bot, request } = call;
  if (!incident.private || request.channel === incident.channel) return true;
  return request.direct && (await bot.directory.inChannel(request.team, request.by, incident.channel));
}

async function visible(call: Call, open: readonly Projection[]): Promise<readonly Projection[]> {
  const kept: Projection[] = [];
  for (const one of open) {
    const incident = await findIncident(call.bot.world.store, one.ref);
    if (incident && (await maySee(call, incident))) kept.push(one);
  }
  return kept;
}

async function nothingHere(call: Call, ended: Projection | undefined): Promise<RuleViolation> {
  if (ended) {
    const id = incidentId(ended.ref.number);
    return new RuleViolation('not-open', `${id} is ${ended.phase}, and nothing else is open here.`, [
      { label: `Reopen ${id}`, command: `reopen ${id}` },
    ]);
  }
  const open = await visible(
    call,
    await call.bot.world.store.list(call.request.team, { open: true, limit: 5 }),
  );
  if (open.length === 0)
    return new RuleViolation(
      'no-incident-here',
      'No incident is open here. `declare P2 checkout is slow here` starts one.',
    );
  return new RuleViolation(
    'no-incident-here',
    'No incident is open in this channel. Which one do you mean?',
    open.map(({ ref, title }) => ({
      label: `${incidentId(ref.number)} ${title}`,
      command: `${incidentId(ref.number)} ${call.again}`,
    })),
  );
}

function whichOne(call: Call, open: readonly Projection[]): RuleViolation {
  return new RuleViolation(
    'which-incident',
    open.length === 1 ? 'Do you mean this one?' : `${open.length} incidents are open. Which one?`,
    open.slice(0, 5).map(({ ref, title }) => ({
      label: `${incidentId(ref.number)} ${title}`,
      command: `${incidentId(ref.number)} ${call.again}`,
    })),
  );
}
