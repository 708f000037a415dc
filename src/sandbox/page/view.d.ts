import type { VNode } from 'preact';

export { Component, createRef, Fragment, render } from 'preact';

/** What the editor and the compiler know of `view.js`, whose imports only exist behind the sandbox's server. */
export function html(strings: TemplateStringsArray, ...values: readonly unknown[]): VNode;
