// @ts-check
import { html } from '../view.js';
import { clockTime, fullTime, slackDate } from './dates.js';
import { emojiCharacter } from './emoji.js';
import { decodeEntities, parseMrkdwn } from './mrkdwn.js';

/** @typedef {import('../parts/context.js').Context} Context */

/** Only these leave the page by a click. @param {unknown} url */
export function safeUrl(url) {
  return typeof url === 'string' && /^(https?:\/\/|mailto:)/i.test(url) ? url : undefined;
}

/** A Slack permalink leads to the message inside this page. @param {string} url */
export function permalinkTarget(url) {
  const match = /\/archives\/([CDG][A-Z0-9]+)(?:\/p(\d{10})(\d{6}))?(?:\?(?:.*&)?thread_ts=([\d.]+))?/.exec(
    url,
  );
  if (match === null) return undefined;
  return {
    conversation: String(match[1]),
    ts: match[2] ? `${match[2]}.${match[3]}` : undefined,
    thread: match[4],
  };
}

/** The id of a canvas in its address. @param {string} url */
function canvasIn(url) {
  return /^https?:\/\/[^/]+\/docs\/T[A-Z0-9]+\/(F[A-Z0-9]+)/.exec(url)?.[1];
}

/** @param {{ctx: Context, url: string, children?: any, class?: string}} props */
export function Link({ ctx, url, children, class: look = 'link' }) {
  const href = safeUrl(url);
  if (href === undefined) return html`<span>${children}</span>`;
  const target = permalinkTarget(href);
  if (target !== undefined && ctx.conversation(target.conversation) !== undefined) {
    const go = (/** @type {Event} */ event) => {
      event.preventDefault();
      const at = {
        ...(target.ts ? { target: target.ts } : {}),
        ...(target.thread ? { thread: target.thread } : {}),
      };
      ctx.store.open(target.conversation, at);
    };
    return html`<a class=${look} href=${href} onClick=${go}>${children}</a>`;
  }
  const canvas = ctx.state.canvases.find((one) => one.id === canvasIn(href));
  if (canvas !== undefined) {
    const show = (/** @type {Event} */ event) => {
      event.preventDefault();
      ctx.store.show({ canvas: canvas.id });
    };
    return html`<a class=${look} href=${href} onClick=${show}>${children}</a>`;
  }
  return html`<a class=${look} href=${href} title=${href} target="_blank" rel="noopener noreferrer">${children}</a>`;
}

/** @param {{ctx: Context, id: string, label?: string}} props */
export function UserMention({ ctx, id, label }) {
  const person = ctx.person(id);
  const name = person.displayName === id ? (label ?? id) : person.displayName;
  return html`<span class=${`mention${id === ctx.state.me.id ? ' me' : ''}`}>@${name}</span>`;
}

/** @param {{ctx: Context, id: string, label?: string}} props */
export function ChannelMention({ ctx, id, label }) {
  const found = ctx.conversation(id);
  if (found === undefined) return html`<span class="mention">#${label ?? id}</span>`;
  return html`<button class="mention" type="button" onClick=${() => ctx.store.open(id)}>#${found.name}</button>`;
}

/** @param {{range: string}} props */
export function Broadcast({ range }) {
  return html`<span class="mention me">@${range}</span>`;
}

/** @param {{name: string, unicode?: string}} props */
export function Emoji({ name, unicode }) {
  const character = emojiCharacter(name, unicode);
  if (character === undefined) return html`<span>:${name}:</span>`;
  return html`<span class="emoji" role="img" aria-label=${name} title=${`:${name}:`}>${character}</span>`;
}

/** @param {{ctx: Context, seconds: number, format: string, url?: string}} props */
export function DateText({ ctx, seconds, format, url }) {
  const text = slackDate(format, seconds, ctx.store.now(), ctx.tz);
  const time = html`<time title=${fullTime(seconds * 1000, ctx.tz)}>${text}</time>`;
  return url === undefined ? time : html`<${Link} ctx=${ctx} url=${url}>${time}<//>`;
}

/** @param {{ctx: Context, text: string}} props mrkdwn as in a message's text or a mrkdwn text object */
export function Mrkdwn({ ctx, text }) {
  return parseMrkdwn(text).map((node) => drawNode(ctx, node));
}

/** @param {Context} ctx @param {import('./mrkdwn.js').Node} node @returns {any} */
function drawNode(ctx, node) {
  const inner = () =>
    /** @type {any} */ (node).children.map((/** @type {any} */ child) => drawNode(ctx, child));
  switch (node.type) {
    case 'text':
      return node.text;
    case 'bold':
      return html`<strong>${inner()}</strong>`;
    case 'italic':
      return html`<em>${inner()}</em>`;
    case 'strike':
      return html`<s>${inner()}</s>`;
    case 'quote':
      return html`<blockquote>${inner()}</blockquote>`;
    case 'code':
      return html`<code>${node.text}</code>`;
    case 'pre':
      return html`<pre tabindex="0">${node.text}</pre>`;
    case 'break':
      return html`<br />`;
    case 'link':
      return html`<${Link} ctx=${ctx} url=${node.url}>${node.text}<//>`;
    case 'user':
      return html`<${UserMention} ctx=${ctx} id=${node.id} label=${node.label} />`;
    case 'channel':
      return html`<${ChannelMention} ctx=${ctx} id=${node.id} label=${node.label} />`;
    case 'usergroup':
      return html`<span class="mention">${node.label ?? `@${node.id}`}</span>`;
    case 'broadcast':
      return html`<${Broadcast} range=${node.range} />`;
    case 'date':
      return html`<${DateText} ctx=${ctx} seconds=${node.seconds} format=${node.format} url=${node.url} />`;
    case 'emoji':
      return html`<${Emoji} name=${node.name} />`;
  }
}

/**
 * Any Slack text object. Plain text knows emoji and nothing else.
 * @param {{ctx: Context, of: any}} props
 */
export function TextObject({ ctx, of }) {
  if (of === undefined || of === null) return null;
  if (typeof of === 'string') return of;
  if (of.type === 'mrkdwn') return html`<${Mrkdwn} ctx=${ctx} text=${String(of.text ?? '')} />`;
  const text = decodeEntities(String(of.text ?? ''));
  if (of.emoji === false) return text;
  return text.split(/:([a-z0-9_+-]+):/i).map((piece, index) => {
    if (index % 2 === 0) return piece;
    return emojiCharacter(piece) === undefined ? `:${piece}:` : html`<${Emoji} name=${piece} />`;
  });
}

/** A text object as bare characters, for labels and options. @param {any} of */
export function plainText(of) {
  const text = typeof of === 'string' ? of : String(of?.text ?? '');
  return decodeEntities(text).replace(/:([a-z0-9_+-]+):/gi, (whole, name) => emojiCharacter(name) ?? whole);
}

/** @param {{ms: number, tz: string}} props */
export function Time({ ms, tz }) {
  return html`<time class="time" title=${fullTime(ms, tz)}>${clockTime(ms, tz)}</time>`;
}

/** mrkdwn as one line of bare words, for where nothing may be clicked. @param {Context} ctx @param {string} source @returns {string} */
export function bareText(ctx, source) {
  /** @type {(node: import('./mrkdwn.js').Node) => string} */
  const words = (node) => {
    switch (node.type) {
      case 'user':
        return `@${ctx.person(node.id).displayName}`;
      case 'channel':
        return `#${ctx.conversation(node.id)?.name ?? node.label ?? node.id}`;
      case 'usergroup':
        return node.label ?? `@${node.id}`;
      case 'broadcast':
        return `@${node.range}`;
      case 'date':
        return slackDate(node.format, node.seconds, ctx.store.now(), ctx.tz);
      case 'emoji':
        return emojiCharacter(node.name) ?? `:${node.name}:`;
      case 'break':
        return ' ';
      default:
        return 'children' in node ? node.children.map(words).join('') : node.text;
    }
  };
  return parseMrkdwn(source).map(words).join('');
}
