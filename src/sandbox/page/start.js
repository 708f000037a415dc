// @ts-check
import { fetchState, listen, send } from './api.js';
import { App } from './app.js';
import { Store } from './store.js';
import { html, render } from './view.js';

const store = new Store({ fetchState, send }, sessionStorage, () => Date.now());
store.visible = () => document.visibilityState === 'visible';
store.wide = () => matchMedia('(min-width: 1100px)').matches;

const root = document.getElementById('page');
if (root !== null) {
  root.replaceChildren();
  render(html`<${App} store=${store} />`, root);
}
listen(
  () => void store.refresh(),
  (up) => store.show({ connected: up }),
);
document.addEventListener('visibilitychange', () => store.markRead());
