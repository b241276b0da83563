import { EventEmitter } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { Shutdown, shutdownStages, type ShutdownStep } from './shutdown.js';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const never = (): Promise<void> => new Promise(() => undefined);

describe('a shutdown', () => {
  test('goes through its stages in order, whatever the order of adding', async () => {
    const seen: string[] = [];
    const shutdown = new Shutdown({ deadlineMs: 1_000 });
    for (const stage of shutdownStages.toReversed()) {
      shutdown.add(stage, stage, async () => {
        await pause(5);
        seen.push(stage);
      });
    }
    await shutdown.run();
    expect(seen).toEqual(['accept', 'requests', 'jobs', 'relay', 'pools']);
  });

  test('waits for everything of a stage before the next one', async () => {
    const seen: string[] = [];
    await new Shutdown({ deadlineMs: 1_000 })
      .add('jobs', 'slow', async () => {
        await pause(30);
        seen.push('slow');
      })
      .add('jobs', 'quick', () => void seen.push('quick'))
      .add('pools', 'pool', () => void seen.push('pool'))
      .run();
    expect(seen).toEqual(['quick', 'slow', 'pool']);
  });

  test('closes the pools although an earlier step failed, and says which', async () => {
    const told: ShutdownStep[] = [];
    const closed = vi.fn<() => void>();
    const failure = new Error('no');
    await new Shutdown({ deadlineMs: 1_000, onStep: (step) => told.push(step) })
      .add('accept', 'server', () => {
        throw failure;
      })
      .add('pools', 'pool', closed)
      .run();
    expect(closed).toHaveBeenCalledOnce();
    expect(told.map(({ name, outcome, error }) => [name, outcome, error])).toEqual([
      ['server', 'failed', failure],
      ['pool', 'done', undefined],
    ]);
  });

  test('leaves a hanging step behind at the deadline and still closes the pools', async () => {
    const closed = vi.fn<() => void>();
    const started = performance.now();
    const steps = await new Shutdown({ deadlineMs: 60 })
      .add('requests', 'hung', never)
      .add('pools', 'pool', closed)
      .run();
    expect(steps.map((step) => step.outcome)).toEqual(['late', 'done']);
    expect(closed).toHaveBeenCalledOnce();
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test('runs once, however often it is asked', async () => {
    const stop = vi.fn<() => void>();
    const shutdown = new Shutdown({ deadlineMs: 1_000 }).add('pools', 'pool', stop);
    expect(shutdown.draining).toBe(false);
    const both = [shutdown.run(), shutdown.run()];
    expect(shutdown.draining).toBe(true);
    await Promise.all(both);
    expect(stop).toHaveBeenCalledOnce();
  });
});

describe('on a signal', () => {
  const onSignal = async (stop: () => Promise<void> | void, signals: number): Promise<number[]> => {
    const source = new EventEmitter();
    const codes: number[] = [];
    const shutdown = new Shutdown({ deadlineMs: 40 }).add('requests', 'server', stop);
    const forget = shutdown.onSignals((code) => codes.push(code), source);
    for (let i = 0; i < signals; i++) source.emit('SIGTERM');
    if (signals > 1) return codes;
    await shutdown.run();
    await pause(1);
    forget();
    expect(source.listenerCount('SIGINT')).toBe(0);
    return codes;
  };

  test('the process ends with 0 when all stopped in time', async () => {
    expect(await onSignal(() => undefined, 1)).toEqual([0]);
  });

  test('the process ends with 1 when something was left behind', async () => {
    expect(await onSignal(never, 1)).toEqual([1]);
  });

  test('a second signal does not wait', async () => {
    expect(await onSignal(never, 2)).toEqual([1]);
  });
});
