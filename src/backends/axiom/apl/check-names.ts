import { ticked } from '../../unknown-names.ts';
import { fieldUses } from './fields.ts';
import type { Check, Edit } from './finding.ts';
import { quoteName } from './tokens.ts';

/** Fields of OpenTelemetry that have dots in their names and are no maps. */
const DOTTED =
  /^(?:service\.(?:name|version|namespace)|scope\.name|telemetry\.sdk\.\w+|resource\.service\.\w+)$/;
/** A Kubernetes key in a flattened name, `…labels.app.kubernetes.io/name`: the dots of its domain are part of the key. */
const DOMAIN = /^(.*\b(?:labels|annotations)\.)((?:[a-z0-9-]+\.)+[a-z0-9-]+\/.*)$/i;

/** Dots that belong to a key are escaped, and a name with dots is quoted. https://axiom.co/docs/apl/entities/entity-names */
export const checkFieldNames: Check = (apl) => {
  const found = apl.pipelines.flatMap((pipeline) =>
    fieldUses(pipeline, apl).flatMap((use): Edit[] => {
      const escaped = use.quoted ? escapedKey(use.name) : undefined;
      if (escaped !== undefined) return [{ at: use.at, end: use.end, text: quoteName(escaped) }];
      return !use.quoted && DOTTED.test(use.name)
        ? [{ at: use.at, end: use.end, text: quoteName(use.name) }]
        : [];
    }),
  );
  const [first] = found;
  if (!first) return undefined;
  const hint = first.text.includes('\\\\.')
    ? `Dots that belong to a key are escaped: ${ticked(first.text)}.`
    : `A name with dots is quoted: ${ticked(first.text)}.`;
  return { hint, edits: found };
};

function escapedKey(name: string): string | undefined {
  const [, before = '', key = ''] = DOMAIN.exec(name) ?? [];
  return key === '' ? undefined : `${before}${key.replace(/\.(?=[^/]*\/)/g, '\\.')}`;
}

/** A dataset whose name needs quotes. */
export const checkSourceNames: Check = ({ pipelines }) => {
  const edits = pipelines.flatMap(({ sources }) =>
    sources
      .filter(({ name, quoted }) => !quoted && !name.includes('*') && !/^[A-Za-z_]\w*$/.test(name))
      .map(({ name, at, end }) => ({ at, end, text: quoteName(name) })),
  );
  const [first] = edits;
  return first && { hint: `A name with dots or dashes is quoted: ${ticked(first.text)}.`, edits };
};
