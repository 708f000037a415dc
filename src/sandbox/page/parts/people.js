// @ts-check

import { clockTime } from '../text/dates.js';
import { html } from '../view.js';
import { Avatar } from './avatar.js';

/** The who-am-I switch and Do Not Disturb. @param {import('./context.js').Context} ctx @param {Element} anchor */
export function openPeople(ctx, anchor) {
  const { store, state } = ctx;
  const now = store.now();
  const items = state.people.map((person) => ({
    label: person.displayName,
    detail: `${clockTime(now, person.tz)} in ${person.tz.split('/').at(-1)?.replaceAll('_', ' ')}${
      person.deactivated ? ' · deactivated' : person.doNotDisturb ? ' · Do Not Disturb' : ''
    }`,
    icon: html`<${Avatar} person=${person} size="small" presence=${true} />`,
    checked: person.id === state.me.id,
    run: () => store.become(person.id),
  }));
  const on = state.me.doNotDisturb;
  store.show({
    menu: {
      anchor,
      title: 'Who you are',
      items: [
        ...items,
        {
          separator: true,
          label: on ? 'Turn off Do Not Disturb' : 'Turn on Do Not Disturb',
          detail: on ? 'Notifications are held back' : `Holds back what would ping ${state.me.displayName}`,
          run: () => void store.act({ kind: 'dnd', on: !on }),
        },
      ],
    },
  });
}
