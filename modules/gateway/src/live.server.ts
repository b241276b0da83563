import type { Authenticator, Clock, Identity } from '@um/kernel';
import { newId, sessionCookies, systemCtx } from '@um/kernel';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { LiveSockets } from './live.js';

export const LIVE_PATH = '/api/v1/live';
const PING_MS = 25_000;

/** The session token of an upgrade request: the cookie, or `Authorization: Bearer` of clients that are no browsers. */
function tokenOf(request: IncomingMessage): string | undefined {
  const cookies = new Map(
    (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('=') as [string, string]),
  );
  for (const name of sessionCookies) {
    const token = cookies.get(name);
    if (token) return decodeURIComponent(token);
  }
  const bearer = request.headers.authorization;
  return bearer?.startsWith('Bearer ') ? bearer.slice(7) : undefined;
}

/** A page of another origin must not open a person's channel with the person's cookie. */
function sameOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}

export interface LiveOptions {
  readonly server: Server;
  readonly sockets: LiveSockets;
  readonly authenticator: Authenticator;
  readonly clock: Clock;
  readonly onChange: (change: 1 | -1) => void;
  readonly onBug: (error: unknown) => void;
}

/** Serves the live channel. Signed-in people only; messages go one way, from the platform to the person. Returns how to stop it. */
export function serveLive({ server, sockets, authenticator, clock, onChange, onBug }: LiveOptions): () => void {
  const channel = new WebSocketServer({ noServer: true, maxPayload: 1_024 });

  const open = (socket: WebSocket, identity: Identity): void => {
    const accountId = identity.actor!;
    let alive = true;
    sockets.add(accountId, socket);
    onChange(1);
    socket.send(JSON.stringify({ topic: 'hello', kind: 'hello', subjectId: accountId, at: clock.now().toISOString() }));
    const ping = setInterval(() => {
      if (!alive) return socket.terminate();
      alive = false;
      socket.ping();
    }, PING_MS);
    socket.on('pong', () => (alive = true));
    socket.on('error', onBug);
    socket.on('close', () => {
      clearInterval(ping);
      sockets.remove(accountId, socket);
      onChange(-1);
    });
  };

  const refuse = (raw: Duplex, status: string): void => {
    raw.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  };

  const upgrade = async (request: IncomingMessage, raw: Duplex, head: Buffer): Promise<void> => {
    if (request.url?.split('?')[0] !== LIVE_PATH) return refuse(raw, '404 Not Found');
    const token = tokenOf(request);
    if (!token || !sameOrigin(request)) return refuse(raw, '401 Unauthorized');
    const now = clock.now();
    const identity = await authenticator.identify(systemCtx(now, newId(now)), token);
    if (!identity?.actor) return refuse(raw, '401 Unauthorized');
    channel.handleUpgrade(request, raw, head, (socket) => open(socket, identity));
  };

  const onUpgrade = (request: IncomingMessage, raw: Duplex, head: Buffer): void => {
    upgrade(request, raw, head).catch((error: unknown) => {
      onBug(error);
      refuse(raw, '503 Service Unavailable');
    });
  };
  server.on('upgrade', onUpgrade);
  return () => {
    server.off('upgrade', onUpgrade);
    sockets.closeAll();
    channel.close();
  };
}
