import { safeUrl, visible } from '../text.ts';
import {
  type Document,
  type DocumentBlock,
  type PictureBytes,
  type Piece,
  type Pieces,
  UNVERIFIED,
} from './document.ts';
import { html } from './html-escape.ts';
import { PAGE_STYLE } from './page-style.ts';
import { writtenHtml } from './written-html.ts';

/** Nothing is loaded and nothing runs, wherever the file is opened. https://www.w3.org/TR/CSP3/ */
export const PAGE_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

/** Characters of base64 that are made at once. */
const CHUNK = 0x6000;

/** The whole document as one page that needs nothing else: everything escaped, no script, its pictures within it. */
export function htmlPage(document: Document, pictures: PictureBytes): string {
  const { title, about, sections } = document;
  const contents = sections.map(
    ({ key, title: name }) => `<li><a href="#${html(key)}">${html(name)}</a></li>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${PAGE_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${html(title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>
<h1>${html(title)}</h1>
<p class="about">${html(about)}</p>
</header>
<nav aria-label="Sections"><ul>${contents.join('')}</ul></nav>
<main>
${sections
  .map(
    (one) =>
      `<section id="${html(one.key)}">\n<h2>${html(one.title)}</h2>\n${one.blocks.map((block) => blockHtml(block, pictures)).join('\n')}\n</section>`,
  )
  .join('\n')}
</main>
</body>
</html>
`;
}

function blockHtml(block: DocumentBlock, pictures: PictureBytes): string {
  switch (block.kind) {
    case 'line':
      return `<p>${pieces(block.pieces)}</p>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${pieces(item)}</li>`).join('')}</ul>`;
    case 'table': {
      const head = block.head.map((one) => `<th>${html(one)}</th>`).join('');
      const rows = block.rows.map(
        (row) => `<tr>${row.map((cell) => `<td>${pieces(cell)}</td>`).join('')}</tr>`,
      );
      return `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
    }
    case 'code':
      return `<pre><code>${html(visible(block.text))}</code></pre>`;
    case 'missing':
      return `<p class="missing">${pieces(block.pieces)}</p>`;
    case 'written':
      return `<div class="written">${writtenHtml(block.markdown)}</div>`;
    case 'picture': {
      const bytes = pictures(block.name);
      if (bytes === undefined) return `<p class="missing">${html(`${block.name}: ${block.alt}`)}</p>`;
      return `<figure><img src="data:image/png;base64,${base64(bytes)}" alt="${html(block.alt)}"></figure>`;
    }
  }
}

function pieces(all: Pieces): string {
  return all.map(piece).join('');
}

function piece(one: Piece): string {
  if (typeof one === 'string') return html(one).replaceAll('\n', '<br>');
  if ('strong' in one) return `<strong>${html(one.strong)}</strong>`;
  if ('code' in one) return `<code>${html(visible(one.code))}</code>`;
  if ('mark' in one) return `<strong class="unverified">${UNVERIFIED}</strong>`;
  const address = safeUrl(one.link);
  return address === undefined
    ? html(one.text)
    : `<a href="${html(address)}" rel="noreferrer">${html(one.text)}</a>`;
}

function base64(bytes: Uint8Array): string {
  let out = '';
  for (let from = 0; from < bytes.length; from += CHUNK)
    out += btoa(String.fromCharCode(...bytes.subarray(from, from + CHUNK)));
  return out;
}
