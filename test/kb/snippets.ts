import { createRequire } from 'node:module';
import { parser } from '@prometheus-io/lezer-promql';

/** One block of code in an entry. */
export interface Snippet {
  readonly language: string;
  readonly code: string;
}

export function snippetsOf(body: string): readonly Snippet[] {
  return [...body.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map((found) => ({
    language: found[1] ?? '',
    code: found[2] ?? '',
  }));
}

/** Where a PromQL expression does not parse; empty when it does. */
export function promqlErrors(code: string): readonly string[] {
  const errors: string[] = [];
  parser.parse(code.trim()).iterate({
    enter: (node) => {
      if (node.type.isError) errors.push(`at ${node.from}: ${code.slice(node.from, node.from + 20)}`);
    },
  });
  return errors;
}

interface Diagnostics {
  readonly Count?: number;
  readonly length?: number;
}
interface Kusto {
  readonly Language: {
    readonly KustoCode: { Parse(text: string): { GetSyntaxDiagnostics(): Diagnostics } };
  };
}

/** Reads APL as Kusto does, whose grammar APL's is: https://axiom.co/docs/apl/introduction. It is two scripts for a browser. */
export function loadKusto(): (code: string) => number {
  const require = createRequire(import.meta.url);
  require('@kusto/language-service-next/bridge.min.js');
  require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
  const kusto = (globalThis as unknown as { Kusto: Kusto }).Kusto;
  return (code) => {
    const found = kusto.Language.KustoCode.Parse(code.trim()).GetSyntaxDiagnostics();
    return found.Count ?? found.length ?? 0;
  };
}
