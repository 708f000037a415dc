import type { Delivery } from './delivery/deliver.ts';
import type { SocketMode } from './delivery/socket-mode.ts';
import type { Faults } from './faults.ts';
import type { Marks } from './marks.ts';
import type { Membership } from './membership.ts';
import type { Messages } from './messages.ts';
import type { Modals } from './modals.ts';
import type { RaiseEvent } from './raise-event.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { State } from './state.ts';
import type { Triggers } from './triggers.ts';

/** The parts of the workspace, wired in `workspace.ts`. */
export interface Slack {
  readonly state: State;
  readonly faults: Faults;
  readonly delivery: Delivery;
  readonly socketMode: SocketMode;
  readonly raise: RaiseEvent;
  readonly messages: Messages;
  readonly membership: Membership;
  readonly marks: Marks;
  readonly modals: Modals;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  /** Where the Web API listens: `http://127.0.0.1:4711`. */
  origin(): string;
}
