import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { readManifest } from '../../../src/sandbox/slack/app-setup.ts';
import { DEFAULT_APP } from '../../../src/sandbox/slack/options.ts';

it('the sandbox installs the app that the manifest describes', () => {
  const manifest: unknown = parse(readFileSync(new URL('../../../manifest.yml', import.meta.url), 'utf8'));
  expect(DEFAULT_APP).toEqual(readManifest(manifest));
});

it('reads what is missing as empty', () => {
  expect(readManifest({ features: {} })).toEqual({
    name: '',
    scopes: [],
    events: [],
    slashCommands: [],
    shortcuts: [],
  });
});
