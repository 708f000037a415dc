import type { Incident, MessageRef, Recorded } from '../../domain/incident.ts';
import type { Binding, Store } from '../../storage/store.ts';
import type { Looks } from '../outbound/contract.ts';

/** Where each event of an incident can be read: what Steady posted of it, else the status card. */
export interface Places {
  linkOf(seq: number): string | undefined;
  permalink(ref: MessageRef): string | undefined;
}

/** What it is read from. */
interface From {
  readonly looks: Pick<Looks, 'permalink'>;
  readonly world: { readonly store: Pick<Store, 'bindings'> };
}

/** Kinds of messages that belong to one event or one thing of an incident. */
const KINDS = ['update', 'record', 'triage', 'hypothesis', 'evidence', 'card'] as const;

/**
 * Slack is asked for one address, and the others are made from it: they differ in channel and time alone.
 * https://docs.slack.dev/reference/methods/chat.getPermalink
 */
export async function placesOf({ looks, world }: From, incident: Incident): Promise<Places> {
  const all = await Promise.all(KINDS.map((kind) => world.store.bindings(incident, kind)));
  const bound = new Map<string, Binding>(
    KINDS.flatMap((kind, index) => (all[index] ?? []).map((one) => [`${kind}/${one.id}`, one] as const)),
  );
  const card = bound.get('card/card');
  const known = card && (await looks.permalink({ channel: card.channel, ts: card.ts }));
  const base = known?.replace(/\/archives\/.*$/, '');
  const linkTo = (ref: MessageRef) =>
    base === undefined ? undefined : `${base}/archives/${ref.channel}/p${ref.ts.replace('.', '')}`;
  const events = new Map(incident.timeline.map((one) => [one.seq, one]));
  return {
    permalink: (ref) => ref.permalink ?? linkTo(ref),
    linkOf(seq) {
      const recorded = events.get(seq);
      const found =
        (recorded &&
          keyOf(recorded)
            .map((key) => bound.get(key))
            .find(Boolean)) ??
        card;
      return found && linkTo(found);
    },
  };
}

/** The messages that may show an event, the closest first. */
function keyOf({ seq, event }: Recorded): readonly string[] {
  const own = [`update/${seq}`, `record/${seq}`, `triage/${seq}`];
  if ('hypothesis' in event && typeof event.hypothesis === 'string')
    return [...own, `hypothesis/${event.hypothesis}`];
  return event.type === 'evidence-recorded' ? [...own, `evidence/${event.evidence.id}`] : own;
}
