import { barChart } from './bar-chart.ts';
import { causeChain } from './cause-chain.ts';
import { flameGraph } from './flame-graph.ts';
import type { Picture } from './picture.ts';
import { seriesChart } from './series-chart.ts';
import { timelineDiagram } from './timeline-diagram.ts';

/** A picture as SVG. The same picture is always the same text. */
export function pictureSvg(picture: Picture): string {
  switch (picture.kind) {
    case 'series':
      return seriesChart(picture);
    case 'bars':
      return barChart(picture);
    case 'flame':
      return flameGraph(picture);
    case 'timeline':
      return timelineDiagram(picture);
    case 'causes':
      return causeChain(picture);
  }
}
