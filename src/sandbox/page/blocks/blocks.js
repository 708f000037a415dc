// @ts-check

import { Mrkdwn, plainText, TextObject } from '../text/rich.js';
import { html } from '../view.js';
import { Element } from './elements.js';
import { Guard } from './guard.js';
import { InputBlock } from './input-block.js';
import { Markdown } from './markdown.js';
import { ImageBlock, Picture } from './picture.js';
import { RichText } from './rich-text.js';
import { Table } from './table.js';
import { blockIdOf } from './values.js';

/**
 * @typedef {import('../parts/context.js').Context} Context
 * @typedef {import('./fire.js').Surface} Surface
 * @typedef {{ctx: Context, surface: Surface, block: any, blockId: string, error?: string}} BlockProps
 */

/** Every block by its type. @type {Record<string, (props: BlockProps) => any>} */
const BLOCKS = {
  section: Section,
  header: ({ ctx, block }) =>
    html`<div class="block header" role="heading" aria-level=${(block.level ?? 1) + 2}><${TextObject} ctx=${ctx} of=${block.text} /></div>`,
  context: ContextBlock,
  actions: Actions,
  context_actions: Actions,
  divider: () => html`<hr class="block" />`,
  image: ({ ctx, block }) => html`<${ImageBlock} ctx=${ctx} block=${block} />`,
  input: InputBlock,
  rich_text: ({ ctx, block }) => html`<${RichText} ctx=${ctx} block=${block} />`,
  table: ({ ctx, block }) => html`<${Table} ctx=${ctx} block=${block} />`,
  markdown: ({ ctx, block }) => html`<${Markdown} ctx=${ctx} block=${block} />`,
  alert: ({ ctx, block }) =>
    html`<div class=${`block alert ${block.level ?? 'default'}`} role="note"><${TextObject} ctx=${ctx} of=${block.text} /></div>`,
};

/** @param {{ctx: Context, surface: Surface, errors?: Readonly<Record<string, string>>}} props */
export function Blocks({ ctx, surface, errors = {} }) {
  return html`<div class="blocks">
    ${surface.blocks.map((block, index) => {
      const blockId = blockIdOf(block, index);
      const draw = BLOCKS[block?.type] ?? Undrawn;
      return html`<${Guard} key=${blockId} block=${block}><${draw} ctx=${ctx} surface=${surface} block=${block} blockId=${blockId} error=${errors[blockId]} /><//>`;
    })}
  </div>`;
}

/** @param {BlockProps} props */
function Section({ ctx, surface, block, blockId }) {
  const accessory = block.accessory;
  const side = accessory?.type === 'image' || accessory?.type === 'button' || accessory?.type === 'overflow';
  return html`<div class=${`block section${accessory && side ? ' with-side' : ''}`}>
    <div class="section-body">
      ${block.text && html`<div class="section-text"><${TextObject} ctx=${ctx} of=${block.text} /></div>`}
      ${
        block.fields &&
        html`<div class="fields">
        ${block.fields.map((/** @type {any} */ field) => html`<div class="field"><${TextObject} ctx=${ctx} of=${field} /></div>`)}
      </div>`
      }
    </div>
    ${
      accessory &&
      html`<div class="accessory">
      <${Element} ctx=${ctx} surface=${surface} blockId=${blockId} element=${accessory} dispatch=${true} />
    </div>`
    }
  </div>`;
}

/** @param {BlockProps} props */
function ContextBlock({ ctx, block }) {
  return html`<div class="block context">
    ${(block.elements ?? []).map((/** @type {any} */ element) =>
      element.type === 'image'
        ? html`<${Picture} ctx=${ctx} of=${element} small=${true} />`
        : html`<span><${TextObject} ctx=${ctx} of=${element} /></span>`,
    )}
  </div>`;
}

/** @param {BlockProps} props */
function Actions({ ctx, surface, block, blockId }) {
  return html`<div class="block actions">
    ${(block.elements ?? []).map(
      (/** @type {any} */ element, /** @type {number} */ index) =>
        html`<${Element} key=${element.action_id ?? index} ctx=${ctx} surface=${surface} blockId=${blockId} element=${element} dispatch=${true} />`,
    )}
  </div>`;
}

/** Says what is there rather than hiding it. @param {BlockProps} props */
function Undrawn({ block }) {
  return html`<details class="block undrawn">
    <summary>The sandbox has no picture of a “${String(block?.type)}” block; Slack has.</summary>
    <pre>${JSON.stringify(block, null, 2)}</pre>
  </details>`;
}

/** Legacy attachments, as alert senders still post them. @param {{ctx: Context, surface: Surface, of: any}} props */
export function Attachment({ ctx, surface, of }) {
  const bar = /^#?[0-9a-f]{6}$/i.test(of.color ?? '') ? `#${String(of.color).replace('#', '')}` : undefined;
  const named = { good: 'var(--good)', warning: 'var(--warn)', danger: 'var(--danger)' };
  const color = bar ?? named[/** @type {keyof typeof named} */ (of.color)] ?? 'var(--line-strong)';
  const inner = { ...surface, blocks: of.blocks ?? [] };
  return html`${of.pretext && html`<div><${Mrkdwn} ctx=${ctx} text=${of.pretext} /></div>`}
    <div class="attachment" style=${{ borderLeftColor: color }}>
      ${of.author_name && html`<div class="small">${plainText(of.author_name)}</div>`}
      ${of.title && html`<div class="attachment-title"><${Mrkdwn} ctx=${ctx} text=${of.title_link ? `<${of.title_link}|${of.title}>` : of.title} /></div>`}
      ${of.text && html`<div><${Mrkdwn} ctx=${ctx} text=${of.text} /></div>`}
      ${
        of.fields &&
        html`<div class="fields">${of.fields.map(
          (/** @type {any} */ field) =>
            html`<div class=${`field${field.short ? '' : ' wide'}`}><strong>${field.title}</strong><br /><${Mrkdwn} ctx=${ctx} text=${String(field.value ?? '')} /></div>`,
        )}</div>`
      }
      ${inner.blocks.length > 0 && html`<${Blocks} ctx=${ctx} surface=${inner} />`}
      ${!of.text && !of.title && !of.blocks && of.fallback && html`<div><${Mrkdwn} ctx=${ctx} text=${of.fallback} /></div>`}
      ${of.image_url && html`<${Picture} ctx=${ctx} of=${{ image_url: of.image_url, alt_text: of.fallback ?? '' }} />`}
      ${of.footer && html`<div class="small">${plainText(of.footer)}</div>`}
    </div>`;
}
