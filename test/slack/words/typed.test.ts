import { describe, expect, it } from 'vitest';
import { typedOf } from '../../../src/slack/words/typed.ts';

const MESSAGE = { user: 'U1', channel: 'C1', ts: '1767621600.000100', channel_type: 'channel' };

function typed(text: string, more: object = {}): string | undefined {
  return typedOf({ ...MESSAGE, text, ...more }, 'T1', 'UBOT')?.text;
}

describe('what is a command', () => {
  it.each([
    ['<@UBOT> status', 'status'],
    ['<@UBOT>status', 'status'],
    ['  <@UBOT>   status ', 'status'],
    ['<@UBOT|steady> status', 'status'],
    ['<@UBOT>: status', ': status'],
    ['<@UBOT>', ''],
    ['hey <@UBOT> status', 'status'],
    ['Hello, <@UBOT> status', 'status'],
    ['ok <@UBOT> resolve', 'resolve'],
    ['Good morning <@UBOT> list', 'list'],
    ['<@UBOT> update a\nb', 'update a\nb'],
  ])('%s', (text, rest) => {
    expect(typed(text)).toBe(rest);
  });

  it.each([
    'thanks <@UBOT>',
    'cc <@UBOT>',
    'status <@UBOT>',
    'I asked <@UBOT> for it',
    '> <@UBOT> resolve',
    '<@UOTHER> status',
    'heyday <@UBOT> resolve',
    'status',
    '',
  ])('%j gets no answer', (text) => {
    expect(typed(text)).toBeUndefined();
  });

  it('neither a quote in rich text nor an app', () => {
    const quote = {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_quote',
          elements: [
            { type: 'user', user_id: 'UBOT' },
            { type: 'text', text: ' resolve' },
          ],
        },
      ],
    };
    expect(typed('<@UBOT> resolve', { blocks: [quote] })).toBeUndefined();
    expect(typed('<@UBOT> resolve', { bot_id: 'B1' })).toBeUndefined();
    expect(typed('<@UBOT> resolve', { user: undefined })).toBeUndefined();
  });

  it('in a direct message the mention may be left out', () => {
    const dm = { channel: 'D1', channel_type: 'im' };
    expect(typed('status', dm)).toBe('status');
    expect(typed('<@UBOT> status', dm)).toBe('status');
    expect(typed('hello', dm)).toBe('hello');
  });
});

it('knows who asked, from where and when', () => {
  const message = { ...MESSAGE, text: '<@UBOT> x', thread_ts: '1.1', user_team: 'T9' };
  expect(typedOf(message, 'T1', 'UBOT')?.request).toEqual({
    kind: 'mention',
    key: 'message/C1/1767621600.000100',
    team: 'T1',
    byTeam: 'T9',
    by: 'U1',
    channel: 'C1',
    direct: false,
    ts: '1767621600.000100',
    at: 1_767_621_600_000,
    thread: '1.1',
  });
  expect(typedOf({ ...MESSAGE, channel_type: 'im', text: 'x' }, 'T1', 'UBOT')?.request).toMatchObject({
    kind: 'dm',
    direct: true,
    byTeam: 'T1',
  });
});
