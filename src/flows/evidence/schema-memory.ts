import type { Schema } from '../../backends/backend.ts';

/** Remembers what sources are made of, one read for each incident and source; the oldest are forgotten. */
export interface SchemaMemory {
  /** The schema under a key, read once; undefined where it could not be read, which is tried again the next time. */
  read(key: string, read: () => Promise<Schema>): Promise<Schema | undefined>;
}

/** Schemas remembered: a few KB each. */
const REMEMBERED = 500;

export function createSchemaMemory(limit = REMEMBERED): SchemaMemory {
  const schemas = new Map<string, Promise<Schema>>();
  return {
    async read(key, read) {
      const known = schemas.get(key);
      const reading = known ?? read();
      if (!known) {
        schemas.set(key, reading);
        const [oldest] = schemas.keys();
        if (schemas.size > limit && oldest !== undefined) schemas.delete(oldest);
      }
      try {
        return await reading;
      } catch {
        if (schemas.get(key) === reading) schemas.delete(key);
        return undefined;
      }
    },
  };
}
