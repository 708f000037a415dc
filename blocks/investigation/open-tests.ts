import type { RichTextSection } from '@slack/types';
import type { Incident } from '../../src/domain/incident.ts';
import { openTests } from '../../src/domain/investigation/interim.ts';
import type { Block, Reading } from '../message.ts';
import { bullets, labelled, lines, section } from '../rich.ts';
import { bold, notation } from '../text.ts';

/** What the five questions left open, each as it can be typed; no block where nothing is. */
export function openTestBlocks(incident: Incident, reading: Reading): Block[] {
  const tests = openTests(incident);
  if (tests.length === 0) return [];
  return [
    lines([section(bold('Still to test'))]),
    bullets(tests.map((one) => section(...notation(one.says, reading)))),
  ];
}

/** The same in one line, for cards. */
export function openTestsLine(incident: Incident): RichTextSection[] {
  const tests = openTests(incident);
  return tests.length === 0 ? [] : [labelled('Still to test', tests.map((one) => one.brief).join(' · '))];
}
