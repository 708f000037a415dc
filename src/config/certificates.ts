import { isTable } from './environment.ts';
import type { KeyPath } from './key-lines.ts';
import { distrust, type Machine } from './machine.ts';
import { resolvePath } from './paths.ts';
import { Text } from './text.ts';

const LARGEST = 1_000_000;

/** Reads the PEM files that deployments name as `ca_file`, by the path as written; what cannot be used is reported. */
export function readCertificates(
  settings: Record<string, unknown>,
  folder: string,
  machine: Machine,
  report: (path: KeyPath, message: string) => void,
): ReadonlyMap<string, string> {
  const certificates = new Map<string, string>();
  for (const [tool, section] of Object.entries(settings)) {
    const deployments = isTable(section) ? section.deployments : undefined;
    if (!isTable(deployments)) continue;
    for (const [name, deployment] of Object.entries(deployments)) {
      const path = isTable(deployment) ? deployment.ca_file : undefined;
      if (!(path instanceof Text) || path.broken || path.value.trim() === '') continue;
      const read = readPem(resolvePath(path.value.trim(), folder, machine.home), machine);
      if ('refused' in read) report([tool, 'deployments', name, 'ca_file'], read.refused);
      else certificates.set(path.value.trim(), read.pem);
    }
  }
  return certificates;
}

function readPem(path: string, machine: Machine): { pem: string } | { refused: string } {
  const found = machine.files.read(path, LARGEST);
  if (found === undefined) return { refused: 'names a file that is not there' };
  const why = distrust(found, machine.uid);
  if (found.kind !== 'file' || why !== undefined)
    return { refused: `names a file that is refused: ${why ?? 'unreadable'}` };
  return found.text.includes('-----BEGIN CERTIFICATE-----')
    ? { pem: found.text }
    : { refused: 'names a file that holds no PEM certificate' };
}
