import { describe, expect, it } from 'vitest';
import { RedactionFailed } from '../../../src/domain/errors.ts';
import { createRedactor, WITHHELD } from '../../../src/safety/redactor.ts';
import { createSlackLogger } from '../../../src/slack/connection/slack-logger.ts';

function open(redactor = createRedactor({ secrets: ['a-secret-of-the-process'] })) {
  const lines: string[] = [];
  const write = (level: string) => (about: object, what: string) =>
    void lines.push(`${level} ${JSON.stringify(about)} ${what}`);
  const logger = createSlackLogger(
    { info: write('info'), warn: write('warn'), error: write('error') },
    redactor,
  );
  return { lines, logger };
}

describe("the SDK's lines", () => {
  it('go to our log without secrets, tickets, response addresses or payloads', () => {
    const { lines, logger } = open();
    logger.setName('socket');
    logger.warn('refused with', 'a-secret-of-the-process');
    logger.error('at wss://wss-primary.slack.com/link/?ticket=abc&app_id=A1 now', new Error('ended'));
    logger.info('to https://hooks.slack.com/actions/T1/2/xyz', { token: 'x' });
    logger.debug('a person wrote: everything');
    expect(lines).toEqual([
      'warn {"from":"socket"} refused with [redacted: held secret]',
      'error {"from":"socket"} at wss://wss-primary.slack.com/link/?… now Error: ended',
      'info {"from":"socket"} to https://…/actions/… object',
    ]);
    expect(logger.getLevel()).toBe('info');
  });

  it('are withheld when they cannot be checked', () => {
    const broken = {
      redact: () => {
        throw new RedactionFailed('no');
      },
      redactLeaves: () => {
        throw new RedactionFailed('no');
      },
      generation: 0,
      add: () => () => {},
    };
    const { lines, logger } = open(broken);
    logger.warn('my words');
    expect(lines).toEqual([`warn {"from":"slack"} ${WITHHELD}`]);
  });
});
