import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { backoff, listenLive, type LiveMessage } from './live.js';

type Fake = Pick<WebSocket, 'onmessage' | 'onclose'> & { close: () => void };

const opened: Fake[] = [];
const connect = (): WebSocket => {
  const socket: Fake = { onmessage: null, onclose: null, close: vi.fn<() => void>() };
  opened.push(socket);
  return socket as WebSocket;
};
const say = (socket: Fake, message: Partial<LiveMessage>): void =>
  socket.onmessage?.call(socket as WebSocket, { data: JSON.stringify(message) } as MessageEvent);
const drop = (socket: Fake): void => socket.onclose?.call(socket as WebSocket, {} as CloseEvent);

beforeEach(() => {
  opened.length = 0;
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

test('waiting doubles up to half a minute', () => {
  expect([0, 1, 2, 10].map((n) => backoff(n, 1))).toEqual([1_000, 2_000, 4_000, 30_000]);
  expect(backoff(0, 0)).toBe(500);
});

test('after a break everything is looked at again', () => {
  const heard: string[] = [];
  listenLive(connect, ({ topic }) => heard.push(topic));
  say(opened[0]!, { topic: 'hello' });
  say(opened[0]!, { topic: 'orders' });
  drop(opened[0]!);
  vi.advanceTimersByTime(1_000);
  say(opened[1]!, { topic: 'hello' });
  expect(heard).toEqual(['orders', 'reconnected']);
});

test('who left is not called back', () => {
  const stop = listenLive(connect, () => undefined);
  stop();
  drop(opened[0]!);
  vi.advanceTimersByTime(60_000);
  expect(opened).toHaveLength(1);
  expect(opened[0]!.close).toHaveBeenCalled();
});
