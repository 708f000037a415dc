import type { Report } from '../../src/domain/signals/report.ts';
import type { Message, Reading } from '../message.ts';
import { compareCard } from './compare-card.ts';
import { type ReportPlace, signalsCard } from './signals-card.ts';
import { spotlightCard } from './spotlight-card.ts';

/** The one card of an answer that several queries gave. */
export function reportCard(report: Report, place: ReportPlace, reading: Reading): Message {
  switch (report.kind) {
    case 'signals':
      return signalsCard(report, place, reading);
    case 'spotlight':
      return spotlightCard(report, place, reading);
    case 'compare':
      return compareCard(report, place, reading);
  }
}
