import { find, get, which } from 'node-emoji';

/** An emoji as rich_text has it: Slack's name and the code points in hexadecimal. */
export interface FoundEmoji {
  readonly length: number;
  readonly name: string;
  readonly unicode: string;
}

const NAMED = /:([a-z0-9_+'-]+):/iy;
const PICTURE = /\p{RGI_Emoji}/vy;
const EMOTICONS: Readonly<Record<string, string>> = {
  ':)': 'slightly_smiling_face',
  ':-)': 'slightly_smiling_face',
  ':(': 'disappointed',
  ':D': 'smile',
  ':P': 'stuck_out_tongue',
  ':/': 'confused',
  ';)': 'wink',
  '<3': 'heart',
};
const EMOTICON = /(?::-?\)|:\(|:D|:P|:\/|;\)|<3)(?=\s|$)/y;

/** The emoji that begins exactly here: `:name:`, the character itself, or an emoticon standing alone. */
export function emojiAt(text: string, at: number): FoundEmoji | undefined {
  const before = at === 0 ? ' ' : text.charAt(at - 1);
  const named = match(NAMED, text, at);
  if (named !== undefined && !/[\p{L}\p{N}_]/u.test(before)) {
    const name = named.slice(1, -1);
    const character = get(name);
    if (character !== undefined) return { length: named.length, name, unicode: codePoints(character) };
  }
  const picture = match(PICTURE, text, at);
  if (picture !== undefined) {
    const name = slackName(picture);
    if (name !== undefined) return { length: picture.length, name, unicode: codePoints(picture) };
  }
  const emoticon = /\s/.test(before) ? match(EMOTICON, text, at) : undefined;
  const meant = emoticon === undefined ? undefined : EMOTICONS[emoticon];
  if (emoticon === undefined || meant === undefined) return undefined;
  return { length: emoticon.length, name: meant, unicode: codePoints(get(meant) ?? '') };
}

function slackName(character: string): string | undefined {
  return which(character) ?? find(character.replaceAll('\uFE0F', ''))?.key;
}

function codePoints(character: string): string {
  return [...character].map((point) => (point.codePointAt(0) ?? 0).toString(16)).join('-');
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
