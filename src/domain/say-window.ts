import { DAY, type Window } from './time.ts';

/** `14:02–14:32 UTC`, with dates where the ends lie on different days: for texts that nobody's client can turn into their zone. */
export function sayWindowUtc({ from, to }: Window): string {
  const dated = Math.floor(from / DAY) !== Math.floor(to / DAY);
  const say = (at: number) => {
    const text = new Date(at).toISOString();
    const clock = text.slice(17, 19) === '00' ? text.slice(11, 16) : text.slice(11, 19);
    return dated ? `${text.slice(0, 10)} ${clock}` : clock;
  };
  return from === to ? `${say(to)} UTC` : `${say(from)}–${say(to)} UTC`;
}
