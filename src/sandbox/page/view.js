// @ts-check
// The one place that knows where the libraries are served. Their own hooks build imports a bare name, which a page without
// an inline import map cannot resolve, so components with state are classes.
import htm from './modules/htm/dist/htm.mjs';
import { Component, createRef, Fragment, h, render } from './modules/preact/dist/preact.mjs';

export const html = htm.bind(h);
export { Component, createRef, Fragment, render };
