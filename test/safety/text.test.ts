import { describe, expect, it } from 'vitest';
import { neutraliseBroadcasts, safeUrl, stripDangerous } from '../../src/safety/text.ts';

describe('stripDangerous', () => {
  it('removes what hides, reverses or controls, and keeps lines', () => {
    expect(stripDangerous('a\u202egnp.exe\u202c b\u200bc\u0000d\u001b[31me\u0085f\u2066g\ufeffh')).toBe(
      'agnp.exe bcd[31mefgh',
    );
    expect(stripDangerous('one\r\ntwo\rthree\u2028four\tfive')).toBe('one\ntwo\nthree\nfour\tfive');
  });

  it('keeps emoji whole', () => {
    for (const emoji of [
      '👩🏽‍🚒',
      '❤️',
      '🏳️‍🌈',
      '👨‍👩‍👧',
      '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
    ])
      expect(stripDangerous(`x ${emoji} y`)).toBe(`x ${emoji} y`);
  });

  it('removes joiners, selectors and tags that belong to no emoji, and repairs lone surrogates', () => {
    expect(stripDangerous('pass\u200dword a\ufe0f \u{e0041}\u{e0042}x \ud800.')).toBe('password a x \ufffd.');
  });
});

describe('neutraliseBroadcasts', () => {
  it.each([
    ['<!channel> look', '＠channel look'],
    ['<!here|here> look', '＠here look'],
    ['&lt;!everyone&gt;', '＠everyone'],
    ['ask <!subteam^S0123|@sre>', 'ask ＠sre'],
    ['ask <!subteam^S0123>', 'ask ＠S0123'],
    ['@channel @Here (@everyone)', '＠channel ＠Here (＠everyone)'],
  ])('makes %s inert', (text, inert) => {
    expect(neutraliseBroadcasts(text)).toBe(inert);
    expect(neutraliseBroadcasts(inert)).toBe(inert);
  });

  it('leaves people, dates, addresses and longer words alone', () => {
    for (const text of [
      '<@U0123> and <#C0123>',
      '<!date^1763906520^{time}|13:58>',
      'lea@here.example',
      '@channels @hereby',
    ])
      expect(neutraliseBroadcasts(text)).toBe(text);
  });

  it('lets through what the configuration allows, and only that', () => {
    const allowed = { here: true, groups: ['S1'] };
    expect(neutraliseBroadcasts('<!here> <!channel> <!subteam^S1> <!subteam^S2|@b>', allowed)).toBe(
      '<!here> ＠channel <!subteam^S1> ＠b',
    );
  });
});

describe('safeUrl', () => {
  it('gives the address and the host that is really reached', () => {
    expect(safeUrl('https://Grafana.Example.com:8443/d/a?b=c#d')).toEqual({
      url: 'https://grafana.example.com:8443/d/a?b=c#d',
      host: 'grafana.example.com:8443',
    });
    expect(safeUrl('https://bücher.example/')?.host).toBe('xn--bcher-kva.example');
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'ftp://a.example',
    '//a.example',
    'a.example',
    'https://google.com@evil.example/',
    'https://user:pw@a.example/',
    'https:a.example',
    'https://',
    'https:///a.example',
    'https://a.example/\u202ecod',
    'https://a.example/|x',
    'https://a.example/<b>',
    'https:\\\\a.example',
    ' https://a.example',
    `https://a.example/${'x'.repeat(3_000)}`,
  ])('refuses %s', (text) => {
    expect(safeUrl(text)).toBeUndefined();
  });
});
