/** What a metric's name says by a convention, and how surely. */
export interface NameConvention {
  readonly pattern: RegExp;
  /** Higher wins. */
  readonly score: number;
  /** Why, after the metric's name: "OpenTelemetry's …". */
  readonly why: string;
}

const OTEL_HTTP = 'OpenTelemetry’s name for HTTP requests served';
const OTEL_RPC = 'OpenTelemetry’s name for calls served';
const MICROMETER = 'Micrometer’s name for HTTP requests served';
const ISTIO = 'Istio’s name for requests';
const GRPC = 'the gRPC server’s own name';
const CLIENTS = 'the usual name of Prometheus’ client libraries';
const SPANS = 'the name that spans turned into metrics have';

/** https://opentelemetry.io/docs/specs/semconv/http/http-metrics/ · https://istio.io/latest/docs/reference/config/metrics/ · https://prometheus.io/docs/practices/naming/ */
export const TRAFFIC: readonly NameConvention[] = [
  { pattern: /^http_server_request_duration(?:_seconds|_milliseconds)?_count$/, score: 100, why: OTEL_HTTP },
  { pattern: /^http_server_duration(?:_seconds|_milliseconds)?_count$/, score: 98, why: OTEL_HTTP },
  { pattern: /^rpc_server_duration(?:_seconds|_milliseconds)?_count$/, score: 95, why: OTEL_RPC },
  { pattern: /^istio_requests_total$/, score: 100, why: ISTIO },
  { pattern: /^http_server_requests_seconds_count$/, score: 97, why: MICROMETER },
  { pattern: /^grpc_server_handled_total$/, score: 94, why: GRPC },
  { pattern: /^http_(?:server_)?requests_total$/, score: 97, why: CLIENTS },
  { pattern: /^(?:.+_)?http_(?:server_)?requests_total$/, score: 90, why: CLIENTS },
  { pattern: /^(?:traces_)?span_?metrics_calls_total$|^calls_total$/, score: 85, why: SPANS },
  {
    pattern: /(?:^|_)requests?(?:_(?:received|served|processed|handled))?_total$/,
    score: 75,
    why: 'counts requests by its name',
  },
  {
    pattern: /(?:^|_)(?:request|response|handler)s?(?:_\w+)?_(?:duration|latency|time)\w*_count$/,
    score: 65,
    why: 'counts what its histogram timed',
  },
  {
    pattern:
      /(?:^|_)(?:calls|queries|operations|transactions|messages|jobs|events)(?:_(?:received|served|processed|handled))?_total$/,
    score: 55,
    why: 'counts work by its name',
  },
];

export const LATENCY: readonly NameConvention[] = [
  { pattern: /^http_server_request_duration(?:_seconds|_milliseconds)?$/, score: 100, why: OTEL_HTTP },
  { pattern: /^http_server_duration(?:_seconds|_milliseconds)?$/, score: 98, why: OTEL_HTTP },
  { pattern: /^rpc_server_duration(?:_seconds|_milliseconds)?$/, score: 95, why: OTEL_RPC },
  { pattern: /^istio_request_duration_(?:milli)?seconds$/, score: 100, why: ISTIO },
  { pattern: /^http_server_requests_seconds$/, score: 97, why: MICROMETER },
  { pattern: /^grpc_server_handling_seconds$/, score: 94, why: GRPC },
  { pattern: /^http_request_duration_\w*seconds$/, score: 97, why: CLIENTS },
  {
    pattern: /(?:^|_)http_(?:server_)?requests?_(?:duration|latency|time)(?:_\w+)?$/,
    score: 90,
    why: CLIENTS,
  },
  { pattern: /^(?:traces_)?span_?metrics_(?:latency|duration)\w*$/, score: 85, why: SPANS },
  {
    pattern:
      /(?:^|_)(?:request|response|handler|call|operation|transaction)s?(?:_\w+)?_(?:duration|latency|seconds|time|ms|millis)(?:_\w+)?$/,
    score: 75,
    why: 'times requests by its name',
  },
  {
    pattern: /(?:^|_)(?:latency|response_time|duration)(?:_(?:seconds|milliseconds|ms|millis|us|ns))?$/,
    score: 60,
    why: 'is a time by its name',
  },
];

export const FAILURES: readonly NameConvention[] = [
  {
    pattern: /(?:^|_)(?:requests?|calls|http|responses?)_(?:errors?|failures?|failed|exceptions?)_total$/,
    score: 75,
    why: 'counts failed requests by its name',
  },
  {
    pattern: /(?:^|_)(?:errors?|failures?|failed|exceptions?)_(?:requests?_)?total$/,
    score: 60,
    why: 'counts failures by its name',
  },
];

/** A word that says of a metric that it is about something else, and what that takes from its score. */
export interface Aside {
  readonly pattern: RegExp;
  readonly cost: number;
}

/** What a service asks of others, and its own upkeep: no requests that it serves. */
export const ELSEWHERE: readonly Aside[] = [
  {
    pattern:
      /(?:^|_)(?:client|upstream|outgoing|outbound|egress|downstream|remote|external|retries|retry)(?:_|$)/,
    cost: 60,
  },
  {
    pattern:
      /(?:^|_)(?:db|sql|redis|cache|kafka|dns|tls|gc|jvm|scrape|tsdb|rule|notifications?|reload|cfs)(?:_|$)/,
    cost: 40,
  },
  { pattern: /^(?:go|process|promhttp|prometheus|node|kube|container|machine|scrape|otelcol)_/, cost: 50 },
];

/** What went wrong is no measure of how much there was. */
export const WRONG: Aside = {
  pattern: /(?:^|_)(?:errors?|failures?|failed|exceptions?|dropped|rejected|timeouts?)(?:_|$)/,
  cost: 50,
};

/** Labels that name a service, the surest first. A name with dots is what Prometheus 3 keeps of OpenTelemetry's. */
export const SERVICE_LABELS: readonly string[] = [
  'service_name',
  'service.name',
  'service',
  'destination_service_name',
  'destination_workload',
  'destination_app',
  'destination_service',
  'app_kubernetes_io_name',
  'app',
  'application',
  'exported_service',
  'exported_job',
  'job',
  'deployment',
  'workload',
  'component',
  'container',
];

/** Labels that name an endpoint, the surest first. */
export const ENDPOINT_LABELS: readonly string[] = [
  'http_route',
  'http.route',
  'route',
  'handler',
  'endpoint',
  'path',
  'uri',
  'url_path',
  'request_operation',
  'grpc_method',
  'rpc_method',
  'rpc.method',
  'span_name',
  'operation',
  'action',
];

/** Labels whose values tell success from failure, the surest first. */
export const OUTCOME_LABELS: readonly string[] = [
  'http_response_status_code',
  'http.response.status_code',
  'http_status_code',
  'response_code',
  'status_code',
  'code',
  'status',
  'grpc_code',
  'rpc_grpc_status_code',
  'grpc_response_status',
  'grpc_status',
  'outcome',
  'result',
  'success',
  'error',
];

/** Labels by which the same request is counted twice, and the value that counts it where it was served. */
export const ONE_SIDE: readonly { readonly label: string; readonly served: RegExp; readonly why: string }[] =
  [
    { label: 'reporter', served: /^destination$/, why: 'both ends report a request' },
    { label: 'span_kind', served: /(?:^|_)server$/i, why: 'the caller’s spans count it again' },
  ];

/** Labels that name one running copy, the surest first. */
export const INSTANCE_LABELS: readonly string[] = [
  'pod',
  'instance',
  'host',
  'node',
  'host_name',
  'container',
];
