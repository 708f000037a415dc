import type { Message } from '../../../blocks/message.ts';
import type { Incident, PersonId } from '../../domain/incident.ts';
import type { World } from '../../flows/ports.ts';
import type { Binding } from '../../storage/store.ts';
import type { Directory } from '../directory.ts';
import type { Door, Looks, Place, Sent } from '../outbound/contract.ts';

/** What a post becomes when its time has come: drawn from the incident as it stands now. */
export type Plan =
  | {
      readonly do: 'post';
      readonly to: Place | { readonly dm: PersonId };
      readonly message: Message;
      readonly binding?: Pick<Binding, 'kind' | 'id' | 'incident'>;
      readonly after?: (sent: Sent) => Promise<void>;
    }
  | {
      readonly do: 'edit';
      readonly edits: readonly { readonly at: Sent; readonly message: Message }[];
      readonly after?: () => Promise<void>;
    }
  /** At most once: Slack keeps no ephemerals. */
  | { readonly do: 'whisper'; readonly place: Place; readonly to: PersonId; readonly message: Message }
  /** Things that repeat safely. */
  | { readonly do: 'run'; readonly run: () => Promise<void> }
  /** Something it hangs on is not out yet. */
  | { readonly do: 'wait'; readonly why: string }
  | { readonly do: 'drop'; readonly why: string };

/** What planning looks at. */
export interface Office {
  readonly world: World;
  readonly door: Door;
  readonly looks: Looks;
  readonly directory: Directory;
  /** Steady's own user id. */
  readonly self: PersonId;
  /** Channels, shared with other companies, where evidence may be shown. */
  readonly sharedChannels: readonly string[];
}

/** The message of this incident that was bound under a kind, the newest where there are several. */
export async function bound(
  office: Office,
  incident: Incident,
  kind: string,
  id?: string,
): Promise<Sent | undefined> {
  const all = await office.world.store.bindings(incident, kind);
  const found = all.findLast((one) => id === undefined || one.id === id);
  return found && { channel: found.channel, ts: found.ts };
}

/** A message under the status card: posted once, edited from then on. */
export async function onceUnderCard(
  office: Office,
  incident: Incident,
  message: Message,
  { kind, id }: Pick<Binding, 'kind' | 'id'>,
): Promise<Plan> {
  const at = await bound(office, incident, kind, id);
  if (at) return { do: 'edit', edits: [{ at, message }] };
  const place = await underCard(office, incident);
  if (!place) return { do: 'wait', why: 'the card is not out yet' };
  return { do: 'post', to: place, message, binding: { kind, id, incident: incident.number } };
}

/** The thread under the status card: where cards go that nobody's message asked for. */
export async function underCard(office: Office, incident: Incident): Promise<Place | undefined> {
  const card = await bound(office, incident, 'card');
  return card && { channel: card.channel, thread: card.ts };
}
