import type { Entry } from './entry.ts';

/** The line that links the message an entry was made of; `secluded` where not everybody can read it. */
export function saidAt(permalink: string, secluded: boolean): string {
  return `${secluded ? 'Said in private' : 'Said'} at ${permalink}`;
}

/** The message that an entry was made of, where that was said in private. */
export function privatelySaidAt({ body }: Pick<Entry, 'body'>): string | undefined {
  return /^Said in private at (\S+)$/m.exec(body)?.[1];
}
