import { describe } from 'vitest';
import { abilitiesKeepTheContract } from './backend/abilities.ts';
import { answersKeepTheContract } from './backend/answers.ts';
import { discoveryKeepsTheContract } from './backend/discovery.ts';
import { failuresKeepTheContract } from './backend/failures.ts';
import { createRig } from './backend/rig.ts';
import { secretsKeepTheContract } from './backend/secrets.ts';
import type { BackendSubject } from './backend/subject.ts';

/** The suite that every backend passes. */
export function backendContract(name: string, subject: BackendSubject): void {
  describe(`${name} keeps the backend contract`, () => {
    const rig = createRig(subject);
    discoveryKeepsTheContract(rig);
    answersKeepTheContract(rig);
    failuresKeepTheContract(rig);
    secretsKeepTheContract(rig);
    abilitiesKeepTheContract(rig);
  });
}
