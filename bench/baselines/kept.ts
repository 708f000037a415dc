import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';
import { Resvg } from '@resvg/resvg-js';

interface Kept {
  readonly data: {
    readonly result: readonly {
      readonly metric: Readonly<Record<string, string>>;
      readonly values: readonly (readonly [number, string])[];
    }[];
  };
}

const read = (snapshot: Uint8Array): Kept => JSON.parse(inflateSync(snapshot).toString());

/** All samples as CSV, the plainest way: at once, where it stands. */
export function csvBarely(snapshot: Uint8Array): Buffer {
  const lines = read(snapshot).data.result.flatMap(({ metric, values }) =>
    values.map(
      ([at, value]) => `${new Date(at * 1_000).toISOString()},${value},${Object.values(metric).join(',')}`,
    ),
  );
  return Buffer.from(lines.join('\n'));
}

/** A picture of as many pixels with every sample of every series as a line, and one line of text. */
export function chartBarely(snapshot: Uint8Array): Buffer {
  const lines = read(snapshot).data.result.map(({ values }) => {
    const points = values.map(([, value], at) => `${(at / values.length) * 560},${400 - Number(value) / 20}`);
    return `<polyline points="${points.join(' ')}" fill="none" stroke="#0072b2"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="560" height="430">${lines.join('')}<text y="420">up</text></svg>`;
  const font = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');
  const fonts = { fontFiles: [font], loadSystemFonts: false };
  return new Resvg(svg, { fitTo: { mode: 'zoom', value: 2.8 }, font: fonts }).render().asPng();
}
