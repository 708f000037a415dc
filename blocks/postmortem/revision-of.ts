import { fingerprint } from '../../src/domain/postmortem/fingerprint.ts';
import { headOf, type Revision } from '../../src/domain/postmortem/read-back.ts';
import type { Document } from './document.ts';
import { markdownFile, markdownOf } from './markdown.ts';

/** What has to be remembered of a document to know later what people made of it. `version` is the seq it was written at. */
export function revisionOf(document: Document, version: number): Revision {
  return {
    version,
    head: headOf(markdownFile({ ...document, sections: [] }, 1)).map(fingerprint),
    sections: document.sections.map(({ key, title, base, blocks }) => ({
      key,
      title,
      shown: fingerprint(markdownOf({ blocks })),
      ...(base !== undefined && { base }),
    })),
  };
}
