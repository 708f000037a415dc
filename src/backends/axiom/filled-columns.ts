/** Rows without the columns that none of them fills; without rows all columns. */
export function filledColumns(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] } {
  const kept = columns.flatMap((_, index) =>
    rows.length === 0 || rows.some((row) => row[index] !== '') ? [index] : [],
  );
  return {
    columns: kept.map((index) => columns[index] ?? ''),
    rows: rows.map((row) => kept.map((index) => row[index] ?? '')),
  };
}
