import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { Resvg } from '@resvg/resvg-js';
import type { Picture } from './picture.ts';
import { pictureSvg } from './picture-svg.ts';

// Runs in a worker thread of src/charts/draw.ts and nowhere else.

/** Pixels per unit: 1,568 across, sharp on every screen. */
const SCALE = 2.8;
const FONTS = ['DejaVuSansCondensed', 'DejaVuSansCondensed-Bold', 'DejaVuSansMono'];

const find = createRequire(import.meta.url).resolve;
const drawn = new Resvg(pictureSvg(workerData as Picture), {
  fitTo: { mode: 'zoom', value: SCALE },
  font: {
    fontFiles: FONTS.map((name) => find(`dejavu-fonts-ttf/ttf/${name}.ttf`)),
    // The same on every machine, and none need be installed.
    loadSystemFonts: false,
    defaultFontFamily: 'DejaVu Sans',
  },
});
const png = new Uint8Array(drawn.render().asPng());
parentPort?.postMessage(png, [png.buffer]);
