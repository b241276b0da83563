import { afterEach, expect, test, vi } from 'vitest';
import { backoff, LiveChannel, type LiveMessage } from './live.js';

test('waiting grows, keeps below half a minute, and differs between clients', () => {
  expect(backoff(0, 0)).toBe(500);
  expect(backoff(0, 1)).toBe(1_000);
  expect(backoff(3, 1)).toBe(8_000);
  expect(backoff(50, 1)).toBe(30_000);
  expect(backoff(50, 0)).toBe(15_000);
});

afterEach(() => vi.unstubAllGlobals());

/** A socket that does what the test says. */
class FakeSocket {
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  say(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

function opened() {
  const sockets: FakeSocket[] = [];
  const listeners: Record<string, () => void> = {};
  vi.stubGlobal('addEventListener', (kind: string, listener: () => void) => (listeners[kind] = listener));
  vi.stubGlobal('document', { addEventListener: () => undefined, visibilityState: 'visible' });
  const channel = new LiveChannel(() => {
    const socket = new FakeSocket();
    sockets.push(socket);
    return socket as unknown as WebSocket;
  });
  const heard: LiveMessage[] = [];
  const stop = channel.listen((message) => heard.push(message));
  channel.start();
  return { channel, sockets, heard, stop, online: () => listeners['online']?.() };
}

test('messages reach whoever listens, and once the line stands everybody looks again', () => {
  const { sockets, heard, stop } = opened();
  sockets[0]!.say({ topic: 'hello', kind: 'hello', subjectId: 'x' });
  sockets[0]!.say({ topic: 'orders', kind: 'order_moved', subjectId: 'o1' });
  stop();
  sockets[0]!.say({ topic: 'orders', kind: 'order_moved', subjectId: 'o2' });
  expect(heard.map(({ topic, subjectId }) => [topic, subjectId])).toEqual([
    ['connected', ''],
    ['orders', 'o1'],
  ]);
});

test('after a break the channel comes back with the network and tells everybody to look again', () => {
  const { sockets, heard, online } = opened();
  sockets[0]!.say({ topic: 'hello', kind: 'hello', subjectId: 'x' });
  sockets[0]!.onclose?.();
  online();
  expect(sockets).toHaveLength(2);
  sockets[1]!.say({ topic: 'hello', kind: 'hello', subjectId: 'x' });
  expect(heard.map(({ topic }) => topic)).toEqual(['connected', 'connected']);
});

test('one channel is enough, however often it is started', () => {
  const { channel, sockets } = opened();
  channel.start();
  expect(sockets).toHaveLength(1);
});
