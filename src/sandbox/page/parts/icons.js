// @ts-check
import { html } from '../view.js';

/** Line icons on a 20 × 20 grid, drawn here so that the page loads nothing from elsewhere. */
const PATHS = {
  hash: 'M4 7.5h12M4 12.5h12M8 3.5l-1.5 13M13.5 3.5L12 16.5',
  lock: 'M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9',
  menu: 'M3 5h14M3 10h14M3 15h14',
  close: 'M5 5l10 10M15 5L5 15',
  bell: 'M5 14V9a5 5 0 0 1 10 0v5l1.2 1.5H3.8zM8.5 17.5h3',
  moon: 'M15.5 12.2A6.5 6.5 0 0 1 7.8 4.5a6.5 6.5 0 1 0 7.7 7.7z',
  sun: 'M10 6.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM10 2v2M10 16v2M2 10h2M16 10h2M4.3 4.3l1.4 1.4M14.3 14.3l1.4 1.4M4.3 15.7l1.4-1.4M14.3 5.7l1.4-1.4',
  half: 'M10 3a7 7 0 1 0 0 14zM10 3a7 7 0 0 1 0 14',
  bolt: 'M11 2.5L4.5 11H9l-1 6.5L15 9h-4.5z',
  send: 'M3 10l14-6.5L13.5 17l-4-5.5zM9.5 11.5L17 3.5',
  thread: 'M4 4h12v9h-6l-3.5 3v-3H4zM7 7.3h6M7 9.8h4',
  smile: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM7.2 11.5c1.3 2.2 4.3 2.2 5.6 0M7.6 8v.4M12.4 8v.4',
  pin: 'M7 3h6l-.7 5 2.7 3v1H5v-1l2.7-3zM10 12v5',
  more: 'M5 10h.01M10 10h.01M15 10h.01',
  edit: 'M4 16l.8-3.4L13 4.4l2.6 2.6-8.2 8.2zM11.5 6l2.6 2.6',
  trash: 'M4 6h12M8 6V4h4v2M5.5 6l.8 11h7.4l.8-11',
  clock: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM10 6v4.2l2.8 1.8',
  eye: 'M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5zM10 8a2 2 0 1 1 0 4 2 2 0 0 1 0-4z',
  check: 'M4 10.5l4 4 8-9',
  down: 'M5.5 8l4.5 4.5L14.5 8',
  plus: 'M10 4v12M4 10h12',
  home: 'M3.5 9.5L10 4l6.5 5.5V16.5h-4.5v-4h-4v4H3.5z',
  link: 'M8.5 11.5l3-3M7 9L5 11a3 3 0 0 0 4.2 4.2L11 13.2M13 11l2-2a3 3 0 0 0-4.2-4.2L9 6.8',
  clip: 'M15 9l-5.5 5.5a3.2 3.2 0 0 1-4.5-4.5l6-6a2.2 2.2 0 0 1 3.1 3.1l-5.8 5.8a1.1 1.1 0 0 1-1.6-1.6L11.5 6.5',
  file: 'M5.5 2.5h6l3.5 3.5v11.5h-9.5zM11.5 2.5V6H15',
};

/** @param {{name: keyof typeof PATHS}} props */
export function Icon({ name }) {
  return html`<svg class=${`icon icon-${name}`} viewBox="0 0 20 20" aria-hidden="true"><path d=${PATHS[name]} /></svg>`;
}

/** The app's own mark: a steady line through a pulse. */
export function AppMark() {
  return html`<svg class="app-mark" viewBox="0 0 36 36" aria-hidden="true">
    <path d="M5 21h6l3-9 5 14 4-9h8" />
  </svg>`;
}
