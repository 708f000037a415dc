import type { Backend } from '../../backends/backend.ts';
import type { Call, CommandRow } from '../command-row.ts';

/** The row that asks a tool by one of its names: `prom`, `logs`. */
export function rowNamed(word: string, rows: readonly CommandRow[]): CommandRow | undefined {
  const typed = word.toLowerCase();
  return rows.find((row) => row.asks !== undefined && (row.name === typed || row.also.includes(typed)));
}

/** What a person types for a tool: the name of the row that asks it. */
export function wordFor(tool: string, rows: readonly CommandRow[]): string {
  return rows.find((row) => row.asks === tool)?.name ?? tool;
}

/** ` env:prod` where there are several of its tool, else nothing. */
export function envOf(backend: Backend, { bot }: Pick<Call, 'bot'>): string {
  const several = bot.world.telemetry.backends.filter((one) => one.tool === backend.tool).length > 1;
  return several ? ` env:${backend.deployment}` : '';
}

/** The first word where it names a tool, and what follows it. */
export function takeTool(
  text: string,
  rows: readonly CommandRow[],
): { readonly row?: CommandRow; readonly rest: string } {
  const [, first = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(text.trim()) ?? [];
  const row = rowNamed(first, rows);
  return row ? { row, rest } : { rest: text.trim() };
}
