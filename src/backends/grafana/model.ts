type Model = Readonly<Record<string, unknown>>;

/** How an expression that a person types becomes the query of a data source, by its `type`. */
const WRITTEN: Readonly<Record<string, (expression: string) => Model>> = {
  graphite: (target) => ({ target, textEditor: true }),
  tempo: (query) => ({ queryType: 'traceql', query, limit: 20, tableType: 'traces', filters: [] }),
  elasticsearch: countedOverTime,
  'grafana-opensearch-datasource': countedOverTime,
  influxdb: (query) => ({ query, rawQuery: true, resultFormat: 'time_series' }),
  mysql: sql,
  postgres: sql,
  'grafana-postgresql-datasource': sql,
  mssql: sql,
  'grafana-mysql-datasource': sql,
  'grafana-bigquery-datasource': (rawSql) => ({ rawSql, rawQuery: true, format: 1 }),
  'grafana-clickhouse-datasource': (rawSql) => ({ rawSql, editorType: 'sql', format: 1 }),
};

/**
 * The query of a data source: a JSON object is taken as it is, as Grafana's query inspector shows it; for some kinds their own
 * language is enough. Undefined where only JSON would do.
 */
export function modelOf(type: string, expression: string): Model | undefined {
  const given = jsonObject(expression);
  if (given) {
    // What is ours to say: which data source is asked, over what time.
    const {
      refId: _1,
      datasource: _2,
      datasourceId: _3,
      intervalMs: _4,
      maxDataPoints: _5,
      ...model
    } = given;
    return model;
  }
  return Object.hasOwn(WRITTEN, type) ? WRITTEN[type]?.(expression) : undefined;
}

/** How many documents met the Lucene query, over time. */
function countedOverTime(query: string): Model {
  return {
    query,
    metrics: [{ type: 'count', id: '1' }],
    bucketAggs: [{ type: 'date_histogram', id: '2', field: '@timestamp', settings: { interval: 'auto' } }],
    timeField: '@timestamp',
  };
}

function sql(rawSql: string): Model {
  return { rawSql, rawQuery: true, format: 'table' };
}

function jsonObject(text: string): Record<string, unknown> | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
