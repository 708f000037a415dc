// @ts-check
/**
 * Slack's mrkdwn as a tree. Only real `<…>` tokens become mentions and links: text that arrives escaped (`&lt;!channel&gt;`)
 * stays text, whatever it looks like after decoding.
 * https://docs.slack.dev/messaging/formatting-message-text
 *
 * @typedef {{type: 'text', text: string}} TextNode
 * @typedef {{type: 'bold'|'italic'|'strike'|'quote', children: Node[]}} StyledNode
 * @typedef {{type: 'code'|'pre', text: string}} CodeNode
 * @typedef {{type: 'link', url: string, text: string}} LinkNode
 * @typedef {{type: 'user'|'channel'|'usergroup', id: string, label?: string}} MentionNode
 * @typedef {{type: 'broadcast', range: string}} BroadcastNode
 * @typedef {{type: 'date', seconds: number, format: string, url?: string, fallback: string}} DateNode
 * @typedef {{type: 'emoji', name: string}} EmojiNode
 * @typedef {{type: 'break'}} BreakNode
 * @typedef {TextNode|StyledNode|CodeNode|LinkNode|MentionNode|BroadcastNode|DateNode|EmojiNode|BreakNode} Node
 * @typedef {string|Node} Atom one character, or a finished node
 */

const STYLES = /** @type {const} */ ({ '*': 'bold', _: 'italic', '~': 'strike' });

/** @param {string} source @returns {Node[]} */
export function parseMrkdwn(source) {
  /** @type {Node[]} */
  const out = [];
  const pieces = source.split(/```([\s\S]+?)```/);
  pieces.forEach((piece, index) => {
    if (index % 2 === 1) {
      out.push({ type: 'pre', text: tokensAsText(piece.replace(/^\n/, '').replace(/\n$/, '')) });
      return;
    }
    // A fence is a block of its own, so the line breaks that set it apart would only draw empty lines.
    const text = piece
      .replace(index > 0 ? /^\n/ : /^$/, '')
      .replace(index < pieces.length - 1 ? /\n$/ : /$^/, '');
    if (text !== '') out.push(...parseLines(text));
  });
  return out;
}

/** Quotes gather neighbouring lines; everything else is inline. @param {string} text @returns {Node[]} */
function parseLines(text) {
  /** @type {{quoted: boolean, lines: string[]}[]} */
  const runs = [];
  for (const line of text.split('\n')) {
    const marker = /^(?:&gt;|>) ?/.exec(line);
    const quoted = marker !== null;
    const last = runs.at(-1);
    const content = marker === null ? line : line.slice(marker[0].length);
    if (last !== undefined && last.quoted === quoted) last.lines.push(content);
    else runs.push({ quoted, lines: [content] });
  }
  return runs.flatMap((run) => {
    const inner = run.lines.flatMap((line, index) => [
      ...(index > 0 ? [/** @type {Node} */ ({ type: 'break' })] : []),
      ...parseInline(line),
    ]);
    return run.quoted ? [/** @type {Node} */ ({ type: 'quote', children: inner })] : inner;
  });
}

/** @param {string} line @returns {Node[]} */
function parseInline(line) {
  return styled(atomsOf(line));
}

/** @param {string} line @returns {Atom[]} */
function atomsOf(line) {
  /** @type {Atom[]} */
  const atoms = [];
  const token = /`([^`\n]+)`|<([^<>\n]+)>|&(amp|lt|gt);|:([a-z0-9_+'-]+(?:::skin-tone-\d)?):/giy;
  for (let at = 0; at < line.length; ) {
    token.lastIndex = at;
    const match = token.exec(line);
    if (match === null) {
      const character = String.fromCodePoint(line.codePointAt(at) ?? 0);
      atoms.push(character);
      at += character.length;
      continue;
    }
    at += match[0].length;
    if (match[1] !== undefined) atoms.push({ type: 'code', text: tokensAsText(match[1]) });
    else if (match[2] !== undefined) atoms.push(angleToken(match[2]));
    else if (match[3] !== undefined) atoms.push({ type: 'text', text: decodeEntities(match[0]) });
    else atoms.push({ type: 'emoji', name: String(match[4]).toLowerCase() });
  }
  return atoms;
}

/** @param {string} inside what stood between `<` and `>` @returns {Node} */
function angleToken(inside) {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? undefined : decodeEntities(inside.slice(bar + 1));
  const labelled = label === undefined ? {} : { label };
  if (target.startsWith('@')) return { type: 'user', id: target.slice(1), ...labelled };
  if (target.startsWith('#')) return { type: 'channel', id: target.slice(1), ...labelled };
  if (target.startsWith('!')) return bangToken(target.slice(1), label);
  if (/^(https?:\/\/|mailto:|tel:)/i.test(target)) {
    const url = decodeEntities(target);
    return { type: 'link', url, text: label ?? url.replace(/^mailto:/i, '') };
  }
  return { type: 'text', text: decodeEntities(`<${inside}>`) };
}

/** @param {string} target @param {string|undefined} label @returns {Node} */
function bangToken(target, label) {
  const [name, first, second, third] = target.split('^');
  if (name === 'date' && first !== undefined && second !== undefined && /^-?\d+$/.test(first)) {
    const date = { seconds: Number(first), format: decodeEntities(second), fallback: label ?? second };
    return third === undefined
      ? { type: 'date', ...date }
      : { type: 'date', ...date, url: decodeEntities(third) };
  }
  if (name === 'subteam' && first !== undefined) {
    return { type: 'usergroup', id: first, ...(label === undefined ? {} : { label }) };
  }
  if (name === 'here' || name === 'channel' || name === 'everyone') return { type: 'broadcast', range: name };
  return { type: 'text', text: label ?? `<!${target}>` };
}

/** Bold, italic and strike over atoms: opened after a non-word, closed before one, never across an empty span. @param {Atom[]} atoms @returns {Node[]} */
function styled(atoms) {
  /** @type {Node[]} */
  const out = [];
  for (let at = 0; at < atoms.length; at += 1) {
    const atom = atoms[at];
    if (atom === undefined) continue;
    if (typeof atom === 'string' && atom in STYLES) {
      const close = closing(atoms, at, atom);
      if (close !== undefined) {
        const type = STYLES[/** @type {keyof typeof STYLES} */ (atom)];
        out.push({ type, children: styled(atoms.slice(at + 1, close)) });
        at = close;
        continue;
      }
    }
    const last = out.at(-1);
    const text = typeof atom === 'string' ? atom : atom.type === 'text' ? atom.text : undefined;
    if (text === undefined) out.push(/** @type {Node} */ (atom));
    else if (last?.type === 'text') out[out.length - 1] = { type: 'text', text: last.text + text };
    else out.push({ type: 'text', text });
  }
  return out;
}

/** @param {Atom[]} atoms @param {number} open @param {string} mark @returns {number|undefined} */
function closing(atoms, open, mark) {
  if (isWord(atoms[open - 1]) || isBlank(atoms[open + 1]) || atoms[open + 1] === mark) return undefined;
  for (let at = open + 2; at < atoms.length; at += 1) {
    if (atoms[at] === mark && !isBlank(atoms[at - 1]) && !isWord(atoms[at + 1]) && atoms[at + 1] !== mark)
      return at;
  }
  return undefined;
}

/** @param {Atom|undefined} atom */
function isWord(atom) {
  return typeof atom === 'string' && /[\p{L}\p{N}]/u.test(atom);
}

/** @param {Atom|undefined} atom */
function isBlank(atom) {
  return atom === undefined || (typeof atom === 'string' && /\s/.test(atom));
}

/** Inside code Slack shows a link by its visible text and a mention as typed. @param {string} text */
function tokensAsText(text) {
  return decodeEntities(
    text.replace(/<([^<>\n|]+)(?:\|([^<>\n]*))?>/g, (_whole, target, label) => label ?? target),
  );
}

/** Each entity once: `&amp;lt;` becomes `&lt;`, never `<`. @param {string} text */
export function decodeEntities(text) {
  return text.replace(/&(amp|lt|gt);/g, (_whole, name) => (name === 'amp' ? '&' : name === 'lt' ? '<' : '>'));
}

/**
 * A message's text as a person would type it again, for the editor.
 * @param {string} text @param {(id: string) => string|undefined} nameOfUser @param {(id: string) => string|undefined} nameOfChannel
 */
export function composerText(text, nameOfUser, nameOfChannel) {
  const typed = text.replace(/<([^<>\n|]+)(?:\|([^<>\n]*))?>/g, (_whole, target, label) => {
    if (target.startsWith('@')) return `@${nameOfUser(target.slice(1)) ?? label ?? target.slice(1)}`;
    if (target.startsWith('#')) return `#${nameOfChannel(target.slice(1)) ?? label ?? target.slice(1)}`;
    if (target.startsWith('!subteam')) return label ?? target;
    if (target.startsWith('!')) return `@${target.slice(1)}`;
    return label ?? target;
  });
  return decodeEntities(typed);
}
