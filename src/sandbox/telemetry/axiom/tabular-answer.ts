import type { Cell, FieldType } from './apl/expression.ts';
import type { Ran } from './apl/run-apl.ts';

/** What ran, as `_apl?format=tabular` answers it: columns, not rows. https://axiom.co/docs/restapi/query */
export function tabularAnswer(
  ran: Ran,
  { from, to }: { readonly from: number; readonly to: number },
): object {
  const { fields, rows, groups, bucket, examined, matched, dataset, whole } = ran;
  const time = (at: number) => new Date(at).toISOString();
  return {
    format: 'tabular',
    status: {
      elapsedTime: 900 + examined,
      blocksExamined: Math.ceil(examined / 50_000),
      blocksCached: 0,
      blocksMatched: Math.ceil(matched / 50_000),
      rowsExamined: examined,
      rowsMatched: matched,
      numGroups: groups.length === 0 ? 0 : rows.length,
      isPartial: !whole,
      cacheStatus: 1,
      minBlockTime: time(from),
      maxBlockTime: time(to),
      ...(!whole && {
        messages: [
          {
            priority: 'warn',
            count: 1,
            code: 'sandbox',
            msg: `the sandbox looked at the newest ${examined} events only`,
          },
        ],
      }),
    },
    tables: [
      {
        name: '0',
        sources: [{ name: dataset }],
        fields,
        order: [],
        groups: groups.map((name) => ({ name })),
        range: { field: '_time', start: time(from), end: time(to) },
        ...(bucket && { buckets: { field: bucket.field, size: bucket.step * 1e6 } }),
        columns: fields.map(({ name, type }) => rows.map((row) => written(row[name] ?? null, type))),
      },
    ],
    datasetNames: [dataset],
    fieldsMetaMap: {
      [dataset]: [
        { name: 'duration', type: 'timespan', unit: 'ns', hidden: false, description: 'How long it took' },
        { name: 'duration_ms', type: 'float', unit: 'ms', hidden: false, description: 'How long it took' },
      ],
    },
  };
}

function written(cell: Cell, type: FieldType): Cell {
  if (type === 'datetime' && typeof cell === 'number') return new Date(cell).toISOString();
  return cell;
}
