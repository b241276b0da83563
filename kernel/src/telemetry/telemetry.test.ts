import { afterEach, describe, expect, test } from 'vitest';
import { Cache } from '../cache/cache.js';
import { serveMetrics, type MetricsServer } from './metrics-server.js';
import { Metrics } from './metrics.js';

const make = (): Metrics => new Metrics({ service: 'test', release: '1.2.3', process: false });

/** The value of one sample, by its name and labels as they are printed. */
async function sample(metrics: Metrics, name: string): Promise<number | undefined> {
  const line = (await metrics.text()).split('\n').find((text) => text.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length + 1));
}

describe('a process tells', () => {
  test('what it is', async () => {
    expect(await sample(make(), 'platform_info{service="test",release="1.2.3"}')).toBe(1);
  });

  test('how long requests took, by method, route and status', async () => {
    const metrics = make();
    metrics.request({ method: 'GET', route: '/things/:id', status: 200, seconds: 0.15 });
    metrics.request({ method: 'GET', route: '/things/:id', status: 200, seconds: 0.25 });
    const labels = 'method="GET",route="/things/:id",status_code="200"';
    expect(await sample(metrics, `http_request_duration_seconds_count{${labels}}`)).toBe(2);
    expect(await sample(metrics, `http_request_duration_seconds_bucket{le="0.2",${labels}}`)).toBe(1);
    expect(await sample(metrics, `http_request_duration_seconds_bucket{le="0.5",${labels}}`)).toBe(2);
    expect(await metrics.text()).not.toMatch(/^http_errors_total\{/m);
  });

  test.each([0.1, 0.2, 0.5, 2])('the share of requests under %d s, exactly', async (edge) => {
    const metrics = make();
    metrics.request({ method: 'GET', route: '/', status: 200, seconds: edge });
    expect(
      await sample(
        metrics,
        `http_request_duration_seconds_bucket{le="${edge}",method="GET",route="/",status_code="200"}`,
      ),
    ).toBe(1);
  });

  test.each([404, 500])('that a request was answered with %d', async (status) => {
    const metrics = make();
    metrics.request({ method: 'POST', route: '/x', status, seconds: 0.1 });
    expect(await sample(metrics, `http_errors_total{method="POST",route="/x",status_code="${status}"}`)).toBe(1);
  });

  test('how long statements, calls, events and jobs took, and which failed', async () => {
    const metrics = make();
    metrics.query('shelf', 0.002, false);
    metrics.call('shelf', 'getMany', 0.01, true);
    metrics.event('a.b.v1', 'shelf.onB', 0.01, false);
    metrics.job('shelf.tidy', 3, true);
    expect(
      await sample(metrics, 'database_query_duration_seconds_bucket{le="0.0025",context="shelf",outcome="ok"}'),
    ).toBe(1);
    expect(
      await sample(metrics, 'wire_call_duration_seconds_count{contract="shelf",method="getMany",outcome="failed"}'),
    ).toBe(1);
    expect(
      await sample(metrics, 'event_handling_seconds_count{event="a.b.v1",subscriber="shelf.onB",outcome="ok"}'),
    ).toBe(1);
    expect(await sample(metrics, 'job_duration_seconds_sum{queue="shelf.tidy",outcome="failed"}')).toBe(3);
  });

  test('how long its caches took to load', async () => {
    const metrics = make();
    metrics.cacheLoad('shelf', 0.25, false);
    metrics.cacheLoad('shelf', 2, true);
    expect(await sample(metrics, 'cache_load_duration_seconds_sum{cache="shelf",outcome="ok"}')).toBe(0.25);
    expect(await sample(metrics, 'cache_load_duration_seconds_count{cache="shelf",outcome="failed"}')).toBe(1);
  });

  test('how many live connections are open', async () => {
    const metrics = make();
    metrics.connection('live', true, 1);
    metrics.connection('live', true, 1);
    metrics.connection('live', true, -1);
    metrics.connection('live', false, 1);
    expect(await sample(metrics, 'websocket_connections_active{gateway="live",authenticated="true"}')).toBe(1);
    expect(await sample(metrics, 'websocket_connections_active{gateway="live",authenticated="false"}')).toBe(1);
  });

  test('whom it held back', async () => {
    const metrics = make();
    metrics.limited('sign-in');
    expect(await sample(metrics, 'rate_limited_total{policy="sign-in"}')).toBe(1);
  });

  test('how it is itself', async () => {
    expect(await new Metrics({ service: 'test' }).text()).toMatch(
      /^process_resident_memory_bytes[^\n]*\n(.*\n)*nodejs_eventloop_lag_p99_seconds /m,
    );
  });
});

describe('figures that are read when asked', () => {
  test('what a cache counted for itself, area by area', async () => {
    const metrics = make();
    const cache = new Cache({ name: 'um', maxBytes: 10_000 });
    const shelf = cache.area('shelf');
    metrics.watchCache(() => cache.stats());
    const look = async () => shelf.getOrSet('k', { ttl: 60_000 }, () => Promise.resolve('v'));
    await look();
    await look();
    await metrics.text();
    await look();
    await cache.area('other').getOrSet('k', { ttl: 60_000 }, () => Promise.resolve('v'));
    expect(await sample(metrics, 'cache_hit_total{cache="shelf",level="l1"}')).toBe(2);
    expect(await sample(metrics, 'cache_miss_total{cache="shelf"}')).toBe(1);
    expect(await sample(metrics, 'cache_operations_total{cache="shelf",operation="set",outcome="ok"}')).toBe(1);
    expect(await sample(metrics, 'cache_operations_total{cache="shelf",operation="evict",outcome="ok"}')).toBe(0);
    expect(await sample(metrics, 'cache_entries{cache="shelf"}')).toBe(1);
    expect(await sample(metrics, 'cache_size_bytes{cache="shelf"}')).toBe(cache.stats().areas[0]!.bytes);
    expect(await sample(metrics, 'cache_owed_invalidations{cache="um"}')).toBe(0);
    await cache.invalidateTags(['t']);
    expect(await sample(metrics, 'cache_operations_total{cache="um",operation="invalidate",outcome="ok"}')).toBe(1);
  });

  test('queues', async () => {
    const metrics = make();
    let queues = [
      { name: 'mail', waiting: 7, active: 2, dead: 1 },
      { name: 'gone', waiting: 1, active: 0, dead: 0 },
    ];
    metrics.watchQueues(() => Promise.resolve(queues));
    expect(await sample(metrics, 'queue_depth{queue="mail"}')).toBe(7);
    expect(await sample(metrics, 'queue_active{queue="mail"}')).toBe(2);
    expect(await sample(metrics, 'queue_dead{queue="mail"}')).toBe(1);
    queues = [{ name: 'mail', waiting: 0, active: 0, dead: 0 }];
    expect(await sample(metrics, 'queue_depth{queue="mail"}')).toBe(0);
    expect(await sample(metrics, 'queue_depth{queue="gone"}')).toBeUndefined();
  });

  test('outboxes of several contexts', async () => {
    const metrics = make();
    metrics.watchOutbox('a', () => Promise.resolve({ pending: 3, parked: 1, lagSeconds: 4.5 }));
    metrics.watchOutbox('b', () => Promise.resolve({ pending: 0, parked: 0, lagSeconds: 0 }));
    expect(await sample(metrics, 'outbox_pending{context="a"}')).toBe(3);
    expect(await sample(metrics, 'outbox_parked{context="a"}')).toBe(1);
    expect(await sample(metrics, 'outbox_lag_seconds{context="a"}')).toBe(4.5);
    expect(await sample(metrics, 'outbox_pending{context="b"}')).toBe(0);
  });

  test('a source that fails or hangs keeps its last figure and silences nobody', async () => {
    const metrics = make();
    let answer: () => Promise<{ pending: number; parked: number; lagSeconds: number }> = () =>
      Promise.resolve({ pending: 9, parked: 0, lagSeconds: 1 });
    metrics.watchOutbox('a', () => answer());
    await metrics.text();
    answer = () => Promise.reject(new Error('no database'));
    expect(await sample(metrics, 'telemetry_source_failures_total{source="outbox a"}')).toBe(1);
    answer = () => new Promise(() => undefined);
    expect(await sample(metrics, 'outbox_pending{context="a"}')).toBe(9);
  });
});

test('a context has figures of its own, the same one however often it asks', async () => {
  const metrics = make();
  metrics.counter('things_made_total', 'Things made', ['kind']).inc({ kind: 'a' });
  metrics.counter('things_made_total', 'Things made', ['kind']).inc({ kind: 'a' });
  metrics.gauge('things_here', 'Things here').set(5);
  metrics.gauge('things_here', 'Things here').dec();
  expect(await sample(metrics, 'things_made_total{kind="a"}')).toBe(2);
  expect(await sample(metrics, 'things_here')).toBe(4);
});

describe('the port of the figures', () => {
  let server: MetricsServer | undefined;
  afterEach(() => server?.close());
  const start = async (metrics: Metrics) =>
    (server = await serveMetrics(metrics, { port: 0, host: '127.0.0.1', onError: (error) => errors.push(error) }));
  const errors: unknown[] = [];

  test('gives the page in the format Prometheus reads', async () => {
    const { url } = await start(make());
    const answer = await fetch(url);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    expect(await answer.text()).toContain('platform_info');
  });

  test('gives nothing else', async () => {
    const { url } = await start(make());
    expect((await fetch(new URL('/', url))).status).toBe(404);
    expect((await fetch(url, { method: 'POST' })).status).toBe(404);
  });

  test('a taken port is told at once', async () => {
    const { url } = await start(make());
    await expect(
      serveMetrics(make(), { port: Number(new URL(url).port), host: '127.0.0.1', onError: () => undefined }),
    ).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  test('an error while the page is made is answered and told', async () => {
    const metrics = make();
    const failure = new Error('broken');
    metrics.text = () => Promise.reject(failure);
    const { url } = await start(metrics);
    expect((await fetch(url)).status).toBe(500);
    expect(errors).toEqual([failure]);
  });
});
