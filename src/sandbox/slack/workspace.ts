import type { PageAction, PageReply, PageState } from '../page-contract.ts';
import { type ApiServer, startApiServer } from './api/server.ts';
import { createDelivery } from './delivery/deliver.ts';
import { createHttpDelivery } from './delivery/http-delivery.ts';
import { createSocketMode } from './delivery/socket-mode.ts';
import { createFaults, type Faults } from './faults.ts';
import { createMarks } from './marks.ts';
import { createMembership, type Membership } from './membership.ts';
import { createMessages } from './messages.ts';
import { createModals } from './modals.ts';
import type { Usergroup } from './model.ts';
import type { Tokens, WorkspaceOptions } from './options.ts';
import { pageState } from './page-state.ts';
import { act } from './people/act.ts';
import { createRaiseEvent, type RaiseEvent } from './raise-event.ts';
import { createResponseUrls } from './response-urls.ts';
import type { Slack } from './slack.ts';
import { createState, type State } from './state.ts';
import { createTriggers } from './triggers.ts';

/** A Slack workspace on this machine. */
export interface Workspace {
  /** For `[slack] api_url` and `slackApiUrl`: `http://127.0.0.1:4711/api/`. */
  readonly apiUrl: string;
  readonly port: number;
  readonly tokens: Tokens;
  readonly state: State;
  readonly faults: Faults;
  readonly membership: Membership;
  /** Does what a person does in Slack's client. */
  act(action: PageAction): Promise<PageReply>;
  /** What a person sees; undefined for an unknown id. */
  see(as: string): PageState | undefined;
  /** Resolves as soon as `predicate` holds, looked at after every change. */
  until(predicate: (state: State) => boolean): Promise<void>;
  /** Waits for the deliveries under way, then moves the clock; see `SandboxClock.advance`. */
  advance(ms: number): Promise<void>;
  /** Resolves when nothing is on its way to the app. */
  settled(): Promise<void>;
  /** Sends signed requests to this address from now on; undefined goes back to Socket Mode. */
  deliverTo(url: string | undefined): void;
  /** Raises an event by hand, for kinds that no driver makes: `tokens_revoked`, `team_access_revoked` … */
  readonly raise: RaiseEvent;
  /** Slack answers `error` (`token_revoked`, `invalid_auth` …) to this token from now on. */
  revoke(token: 'bot' | 'app', error?: string): void;
  restore(token: 'bot' | 'app'): void;
  addUsergroup(group: Usergroup): void;
  /** The person left the company; they stay in their channels but can be neither reached nor signed in. */
  deactivate(user: string): void;
  readonly sockets: {
    connections(): number;
    /** Slack asks every connection to come back. */
    refresh(): void;
    cut(): void;
  };
  /** Events given up after the last retry. */
  lostEvents(): number;
  close(): Promise<void>;
}

export interface StartOptions extends WorkspaceOptions {
  /** What the page offers to type first. */
  readonly suggestions?: readonly string[];
  /** Real time, for signatures. */
  readonly realNow: () => number;
}

/** Starts the workspace's Web API on 127.0.0.1. Rejects when the port is taken. */
export async function startWorkspace(options: StartOptions): Promise<Workspace> {
  const state = createState(options);
  const faults = createFaults();
  let server: ApiServer | undefined;
  const port = (): number => server?.port ?? 0;
  let url = options.requestUrl;
  const socketMode = createSocketMode(state, faults, port);
  const http = createHttpDelivery(state, () => url ?? '', options.realNow);
  const transport = () => (url === undefined ? socketMode : http);
  const delivery = createDelivery(state, faults, transport);
  const raise = createRaiseEvent(state, delivery);
  const messages = createMessages(state, raise);
  const responseUrls = createResponseUrls(() => slack);
  const slack: Slack = {
    state,
    faults,
    delivery,
    socketMode,
    raise,
    messages,
    membership: createMembership(state, messages, raise),
    marks: createMarks(state, messages, raise),
    modals: createModals(state),
    triggers: createTriggers(state),
    responseUrls,
    origin: () => `http://127.0.0.1:${port()}`,
  };
  server = await startApiServer(slack, options.port ?? 0);
  return {
    apiUrl: `${slack.origin()}/api/`,
    port: server.port,
    tokens: state.tokens,
    state,
    faults,
    membership: slack.membership,
    act: (action) => act(slack, action),
    see: (as) =>
      pageState(state, as, { online: transport().online(), suggestions: options.suggestions ?? [] }),
    until(predicate) {
      return new Promise((resolve, reject) => {
        const look = (): void => {
          try {
            if (!predicate(state)) return;
            stop();
            resolve();
          } catch (error) {
            stop();
            reject(error);
          }
        };
        const stop = state.onChange(look);
        look();
      });
    },
    async advance(ms) {
      await delivery.settled();
      await options.clock.advance(ms);
      state.changed();
    },
    settled: () => delivery.settled(),
    deliverTo(address) {
      url = address;
      state.changed();
    },
    raise,
    revoke: (token, error = 'token_revoked') => void state.tokenErrors.set(state.tokens[token], error),
    restore: (token) => void state.tokenErrors.delete(state.tokens[token]),
    addUsergroup(group) {
      state.usergroups.set(group.id, group);
      state.changed();
    },
    deactivate(id) {
      const user = state.users.get(id);
      if (user !== undefined) user.deactivated = true;
      state.changed();
    },
    sockets: {
      connections: () => socketMode.connections(),
      refresh: () => socketMode.refresh(),
      cut: () => socketMode.cut(),
    },
    lostEvents: () => delivery.lost(),
    async close() {
      await socketMode.close();
      await server?.close();
    },
  };
}
