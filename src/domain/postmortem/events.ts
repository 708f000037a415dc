import type { PartName } from './parts.ts';
import type { Written } from './written.ts';

export type PostmortemEvent =
  /** The whole text of a part as it reads from now on; empty where it was taken back. */
  | { readonly type: 'postmortem-noted'; readonly part: PartName; readonly text: string }
  /** Sections that somebody rewrote, added, or gave back as the timeline tells them (`text` absent). */
  | {
      readonly type: 'postmortem-edited';
      readonly sections: readonly {
        readonly section: string;
        readonly title: string;
        readonly text?: string;
        readonly base?: string;
        readonly after?: string;
      }[];
    }
  /** Somebody asked for the document; files, canvas and message follow. */
  | { readonly type: 'postmortem-asked'; readonly revision: number }
  /** It is out, as it was at that time. */
  | ({ readonly type: 'postmortem-written' } & Written);

export type PostmortemCommand =
  | { readonly type: 'note-postmortem'; readonly part: PartName; readonly text: string }
  /** What a form holds for a part; `seen` is the seq of the words it was opened with, 0 for none. */
  | {
      readonly type: 'fill-postmortem';
      readonly parts: readonly { readonly part: PartName; readonly text: string; readonly seen: number }[];
    }
  /** `seen` is the seq that the document was written at which they edited. */
  | {
      readonly type: 'edit-postmortem';
      readonly seen: number;
      readonly sections: Extract<PostmortemEvent, { type: 'postmortem-edited' }>['sections'];
    }
  | { readonly type: 'write-postmortem' }
  | ({ readonly type: 'postmortem-out' } & Written);
