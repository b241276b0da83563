import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { FinishedRequest } from '../http/hooks.js';
import type { CacheStats } from '../cache/stats.js';
import { CacheTotals } from './cache-totals.js';
import { Sources, type OutboxState, type QueueFigures } from './sources.js';

/** Edges in seconds. 0.1, 0.2, 0.5 and 2 are the objectives: what is under an edge is counted, not guessed. */
const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];
const QUERY_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];
const JOB_SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300];

export interface MetricsOptions {
  readonly service: string;
  /** Version or commit of the release. */
  readonly release?: string;
  /** Memory, processor, event loop and garbage collection of the process. On by default. */
  readonly process?: boolean;
}

export type Outcome = 'ok' | 'failed';
const outcome = (failed: boolean): Outcome => (failed ? 'failed' : 'ok');

/** The figures of a process in Prometheus' format. One instance a process; its methods are what observers call. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #sources: Sources;
  readonly #bound = new Map<string, ReturnType<Histogram['labels']>>();
  readonly #requests = this.#histogram(
    'http_request_duration_seconds',
    'Time to answer a request',
    ['method', 'route', 'status_code'],
    REQUEST_SECONDS,
  );
  readonly #errors = this.#counter('http_errors_total', 'Requests answered with 400 or more', [
    'method',
    'route',
    'status_code',
  ]);
  readonly #queries = this.#histogram(
    'database_query_duration_seconds',
    'Time of a statement',
    ['context', 'outcome'],
    QUERY_SECONDS,
  );
  readonly #hits = this.#counter('cache_hit_total', 'Values found in a cache', ['cache', 'level']);
  readonly #misses = this.#counter('cache_miss_total', 'Values that had to be loaded', ['cache']);
  readonly #operations = this.#counter('cache_operations_total', 'What caches did', ['cache', 'operation', 'outcome']);
  readonly #loads = this.#histogram(
    'cache_load_duration_seconds',
    'Time to load what a cache did not have',
    ['cache', 'outcome'],
    QUERY_SECONDS,
  );
  readonly #live = this.#gauge('websocket_connections_active', 'Open live connections', ['gateway', 'authenticated']);
  readonly #calls = this.#histogram(
    'wire_call_duration_seconds',
    'Time of a call between contexts',
    ['contract', 'method', 'outcome'],
    REQUEST_SECONDS,
  );
  readonly #events = this.#histogram(
    'event_handling_seconds',
    'Time to take an event into effect',
    ['event', 'subscriber', 'outcome'],
    JOB_SECONDS,
  );
  readonly #jobs = this.#histogram(
    'job_duration_seconds',
    'Time of a job, from its turn to its end',
    ['queue', 'outcome'],
    JOB_SECONDS,
  );
  readonly #limited = this.#counter('rate_limited_total', 'Requests refused by a rate limit', ['policy']);

  constructor(options: MetricsOptions) {
    this.#sources = new Sources({
      gauge: (name, help, labels) => this.#gauge(name, help, labels),
      failures: this.#counter('telemetry_source_failures_total', 'Figures that could not be taken', ['source']),
    });
    this.#gauge('platform_info', 'What runs here', ['service', 'release']).set(
      { service: options.service, release: options.release ?? 'unreleased' },
      1,
    );
    if (options.process ?? true) collectDefaultMetrics({ register: this.#registry });
  }

  /** The page `GET /metrics`. */
  async text(): Promise<string> {
    await this.#sources.refresh();
    return this.#registry.metrics();
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** A finished request; `onRequest` of the server. */
  readonly request = ({
    method,
    route,
    status,
    seconds,
  }: Pick<FinishedRequest, 'method' | 'route' | 'status' | 'seconds'>): void => {
    const key = `${method} ${route} ${status}`;
    let bound = this.#bound.get(key);
    if (!bound) this.#bound.set(key, (bound = this.#requests.labels(method, route, String(status))));
    bound.observe(seconds);
    if (status >= 400) this.#errors.inc({ method, route, status_code: String(status) });
  };

  /** A statement of a context. */
  readonly query = (context: string, seconds: number, failed: boolean): void => {
    this.#queries.observe({ context, outcome: outcome(failed) }, seconds);
  };

  /** A call between contexts. */
  readonly call = (contract: string, method: string, seconds: number, failed: boolean): void => {
    this.#calls.observe({ contract, method, outcome: outcome(failed) }, seconds);
  };

  /** An event that a subscriber took into effect, or failed to. */
  readonly event = (event: string, subscriber: string, seconds: number, failed: boolean): void => {
    this.#events.observe({ event, subscriber, outcome: outcome(failed) }, seconds);
  };

  /** A job that ended. */
  readonly job = (queue: string, seconds: number, failed: boolean): void => {
    this.#jobs.observe({ queue, outcome: outcome(failed) }, seconds);
  };

  /** A load of a cache's area from its source. */
  readonly cacheLoad = (cache: string, seconds: number, failed: boolean): void => {
    this.#loads.observe({ cache, outcome: outcome(failed) }, seconds);
  };

  /** A live connection opened (`1`) or closed (`-1`). */
  readonly connection = (gateway: string, authenticated: boolean, change: 1 | -1): void => {
    this.#live.inc({ gateway, authenticated: String(authenticated) }, change);
  };

  /** A request that a rate limit refused. */
  readonly limited = (policy: string): void => {
    this.#limited.inc({ policy });
  };

  /** Reads a cache at every scrape: it counts for itself, because a figure per hit would cost more than the hit. */
  watchCache(read: () => CacheStats): void {
    const totals = new CacheTotals({
      hits: this.#hits,
      misses: this.#misses,
      operations: this.#operations,
      size: this.gauge('cache_size_bytes', 'Memory of the first level in use', ['cache']),
      entries: this.gauge('cache_entries', 'Values in the first level', ['cache']),
      owed: this.gauge('cache_owed_invalidations', 'Invalidations that could not be carried to others yet', ['cache']),
    });
    this.#sources.add(`cache ${read().name}`, async () => totals.take(read()));
  }

  /** Reads the queues at every scrape: `queue_depth`, `queue_active`, `queue_dead`. */
  watchQueues(read: () => Promise<readonly QueueFigures[]>): void {
    this.#sources.queues(read);
  }

  /** Reads a context's outbox at every scrape: `outbox_pending`, `outbox_parked`, `outbox_lag_seconds`. */
  watchOutbox(context: string, read: () => Promise<OutboxState>): void {
    this.#sources.outbox(context, read);
  }

  /** A figure that a context counts for itself. Asked for twice, it is the same one. */
  counter<L extends string>(name: string, help: string, labels: readonly L[] = []): Counter<L> {
    return (this.#registry.getSingleMetric(name) as Counter<L> | undefined) ?? this.#counter(name, help, labels);
  }

  /** A figure of a context that goes up and down. */
  gauge<L extends string>(name: string, help: string, labels: readonly L[] = []): Gauge<L> {
    return (this.#registry.getSingleMetric(name) as Gauge<L> | undefined) ?? this.#gauge(name, help, labels);
  }

  #counter<L extends string>(name: string, help: string, labelNames: readonly L[]): Counter<L> {
    return new Counter({ name, help, labelNames: [...labelNames], registers: [this.#registry] });
  }

  #gauge<L extends string>(name: string, help: string, labelNames: readonly L[]): Gauge<L> {
    return new Gauge({ name, help, labelNames: [...labelNames], registers: [this.#registry] });
  }

  #histogram<L extends string>(name: string, help: string, labelNames: readonly L[], buckets: number[]): Histogram<L> {
    return new Histogram({ name, help, labelNames: [...labelNames], buckets, registers: [this.#registry] });
  }
}
