// @ts-check
/**
 * @typedef {import('../page-contract.ts').PageState} PageState
 * @typedef {import('../page-contract.ts').PageAction} PageAction
 * @typedef {import('../page-contract.ts').PageReply} PageReply
 */

const GONE = 'The sandbox does not answer. Is it still running in your terminal?';

/** @param {string|undefined} as @returns {Promise<PageState>} */
export async function fetchState(as) {
  const answer = await fetch(as === undefined ? 'state' : `state?as=${encodeURIComponent(as)}`);
  if (!answer.ok) throw new Error(`The sandbox answered ${answer.status} when asked for its state.`);
  return answer.json();
}

/** @param {PageAction} action @returns {Promise<PageReply>} */
export async function send(action) {
  try {
    const answer = await fetch('act', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(action),
    });
    const reply = await answer.json().catch(() => undefined);
    if (typeof reply?.ok === 'boolean') return reply;
    return { ok: false, error: `The sandbox answered ${answer.status}.` };
  } catch {
    return { ok: false, error: GONE };
  }
}

/**
 * Calls `changed` for every new version and `online` when the connection comes or goes. The browser reconnects by itself.
 * @param {() => void} changed @param {(up: boolean) => void} online
 */
export function listen(changed, online) {
  const source = new EventSource('events');
  source.onopen = () => {
    online(true);
    changed();
  };
  source.onmessage = changed;
  source.onerror = () => online(false);
  return () => source.close();
}
