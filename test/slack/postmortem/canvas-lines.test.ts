import { expect, it } from 'vitest';
import { canvasParts } from '../../../src/slack/postmortem/canvas-lines.ts';

it('reads headings and the lines below them, as a reader sees them', () => {
  const html = `<h1 id='temp:C:0'>Title</h1><p id='temp:C:1' class='line'>before</p>
    <h2 id='temp:C:2'>Root cause</h2><p id='temp:C:3' class='line'><b>Not established.</b> 5 &lt; 7 &amp; <a href="https://a.example/?x=1&amp;y=2">E1</a></p>
    <div data-section-style='5'><ul id='temp:C:4'><li id='temp:C:5' class='' value='1'><span id='temp:C:5'>one &#39;item&#x27;</span><br/></li></ul></div>
    <p id='temp:C:6' class='line'>&#8203;</p><h2>Impact</h2><p>no id</p>`;
  expect(canvasParts(html)).toEqual([
    { title: 'Title', lines: [{ id: 'temp:C:1', text: 'before' }] },
    {
      title: 'Root cause',
      lines: [
        { id: 'temp:C:3', text: 'Not established. 5 < 7 & E1' },
        { id: 'temp:C:5', text: "one 'item'" },
      ],
    },
    { title: 'Impact', lines: [{ text: 'no id' }] },
  ]);
});

it('is done with hostile HTML at once', () => {
  const html = `${'<p '.repeat(50_000)}${'<h1>'.repeat(50_000)}${'&#'.repeat(50_000)}`;
  const before = process.cpuUsage().user;
  canvasParts(html);
  expect((process.cpuUsage().user - before) / 1000).toBeLessThan(2_000);
});
