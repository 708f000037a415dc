import type { CallSlack } from './call-slack.ts';
import type { Looks } from './contract.ts';
import type { Download } from './read-file-text.ts';

type CanvasLooks = Pick<Looks, 'canvas' | 'canvasSections' | 'canvasTitled'>;

/** A canvas holds at most 1 MiB of markdown; as HTML it takes more. */
const HTML_LIMIT = 8_000_000;
const READ = { priority: 2 };
/** To Slack a canvas is a file of this type. https://docs.slack.dev/reference/objects/file-object */
const CANVAS = 'application/vnd.slack-docs';

/** What is read of canvases. */
export function canvasLooks(call: CallSlack, download: Download | undefined): CanvasLooks {
  return {
    async canvas(id) {
      const { file } = (await call('files.info', { file: id }, READ)) as { file?: RawCanvas };
      const address = file?.url_private_download ?? file?.url_private;
      const bytes = download && address !== undefined ? await download(address, HTML_LIMIT) : undefined;
      return {
        ...(file?.permalink !== undefined && { url: file.permalink }),
        ...(bytes && { html: new TextDecoder().decode(bytes) }),
      };
    },
    async canvasSections(id, text) {
      const { sections = [] } = (await call(
        'canvases.sections.lookup',
        { canvas_id: id, criteria: { contains_text: text } },
        READ,
      )) as { sections?: readonly { readonly id?: string }[] };
      return sections.flatMap((one) => (one.id === undefined ? [] : [one.id]));
    },
    async canvasTitled(title, user) {
      const { files = [] } = (await call('files.list', { user, count: 100 }, READ)) as {
        files?: readonly RawCanvas[];
      };
      return files.find((one) => one.mimetype === CANVAS && one.title === title)?.id;
    },
  };
}

interface RawCanvas {
  readonly id?: string;
  readonly title?: string;
  readonly mimetype?: string;
  readonly permalink?: string;
  readonly url_private?: string;
  readonly url_private_download?: string;
}
