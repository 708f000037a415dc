import { expect, test } from 'vitest';
import { consoleAddress, edgeFor, managementAddress } from '../../../src/backends/axiom/hosts.ts';
import { axiomProblems } from '../../../src/backends/axiom/settings.ts';
import { Secret } from '../../../src/domain/secret.ts';

const API = 'https://api.axiom.co';
const EU = 'https://eu-central-1.aws.edge.axiom.co';

test.each([
  [API, { edgeDeploymentUrl: EU }, EU],
  [API, { edgeDeploymentUrl: `${EU}/` }, EU],
  [API, { edgeDeployment: 'cloud.eu-central-1.aws' }, EU],
  [
    API,
    { edgeDeployment: 'cloud.us-east-1.aws', edgeDeploymentUrl: null },
    'https://us-east-1.aws.edge.axiom.co',
  ],
  [API, {}, undefined],
  [API, { edgeDeployment: 'somewhere' }, undefined],
  // A configured edge is the only one.
  [EU, { edgeDeploymentUrl: 'https://us-east-1.aws.edge.axiom.co' }, EU],
  // A proxy keeps its token to itself.
  ['https://proxy.example.com/axiom', { edgeDeploymentUrl: EU }, undefined],
  ['http://127.0.0.1:4717', { edgeDeploymentUrl: 'http://127.0.0.1:4717' }, 'http://127.0.0.1:4717'],
  // A server that would like to have the token.
  [API, { edgeDeploymentUrl: 'http://eu-central-1.aws.edge.axiom.co' }, undefined],
  [API, { edgeDeploymentUrl: 'https://eu-central-1.aws.edge.axiom.co.evil.example' }, undefined],
  [API, { edgeDeploymentUrl: 'https://evil.example/edge.axiom.co' }, undefined],
  [API, { edgeDeploymentUrl: 'https://evil.example#.edge.axiom.co' }, undefined],
  [API, { edgeDeploymentUrl: 'https://x@eu-central-1.aws.edge.axiom.co' }, undefined],
  [API, { edgeDeploymentUrl: 'https://eu-central-1.aws.edge.axiom.co:8443' }, undefined],
  [API, { edgeDeploymentUrl: 'https://play.axiom.co' }, undefined],
  [API, { edgeDeployment: 'cloud.evil.example/eu-central-1.aws' }, undefined],
] as const)('%s asks for %j at %s', (url, home, edge) => {
  expect(edgeFor(url, home)).toBe(edge);
});

test('management is not asked of an edge', () => {
  expect([managementAddress(EU), managementAddress(API), managementAddress('http://127.0.0.1:1')]).toEqual([
    API,
    API,
    'http://127.0.0.1:1',
  ]);
});

test.each([
  [API, 'https://app.axiom.co/'],
  ['https://api.eu.axiom.co', 'https://app.eu.axiom.co/'],
  ['https://cloud.axiom.co', 'https://app.axiom.co'],
  [EU, 'https://app.axiom.co'],
  ['http://127.0.0.1:4717', 'http://127.0.0.1:4717/'],
])('the console of %s is %s', (url, address) => {
  expect(consoleAddress(url)).toBe(address);
});

test('a personal token needs its organisation, and an edge takes none', () => {
  const auth = { kind: 'bearer', token: new Secret('xapt-1234567890', 'env T') } as const;
  expect(axiomProblems({ name: 'a', url: EU, auth })).toEqual([
    'a personal token (xapt-) is set without `org_id`',
    'an edge takes no personal token (xapt-); set `url` to https://api.axiom.co, or give an API token',
  ]);
  expect(axiomProblems({ name: 'a', url: API, auth, orgId: 'acme' })).toEqual([]);
  expect(
    axiomProblems({
      name: 'a',
      url: EU,
      auth: { kind: 'bearer', token: new Secret('xaat-1234567890', 'x') },
    }),
  ).toEqual([]);
});
