import { Injectable } from '@nestjs/common';
import { sessionsChanged } from '@um/auth';
import { liveMessage } from '@um/notification';
import { importMoved } from '@um/product';
import { On, type Ctx, type PayloadOf } from '@um/kernel';
import type { WebSocket } from 'ws';

/** A message as it goes over the wire to a browser. */
export interface LiveMessage {
  readonly topic: string;
  readonly kind: string;
  readonly subjectId: string;
  readonly at: string;
}

/** Open sockets of this process, by account. */
export class LiveSockets {
  readonly #byAccount = new Map<string, Set<WebSocket>>();

  add(accountId: string, socket: WebSocket): void {
    const sockets = this.#byAccount.get(accountId) ?? new Set();
    this.#byAccount.set(accountId, sockets.add(socket));
  }

  remove(accountId: string, socket: WebSocket): void {
    const sockets = this.#byAccount.get(accountId);
    sockets?.delete(socket);
    if (sockets?.size === 0) this.#byAccount.delete(accountId);
  }

  send(accountId: string, message: LiveMessage): void {
    const text = JSON.stringify(message);
    for (const socket of this.#byAccount.get(accountId) ?? []) if (socket.readyState === socket.OPEN) socket.send(text);
  }

  get size(): number {
    return [...this.#byAccount.values()].reduce((sum, sockets) => sum + sockets.size, 0);
  }

  /** Closes the sockets of an account (1008: policy). */
  close(accountId: string): void {
    for (const socket of this.#byAccount.get(accountId) ?? []) socket.close(1008);
  }

  /** Tells every client to come back later (1012: service restart). */
  closeAll(): void {
    for (const sockets of this.#byAccount.values()) for (const socket of sockets) socket.close(1012);
  }
}

/** Passes live messages on to the sockets of the account they are for. */
@Injectable()
export class LiveListeners {
  constructor(private readonly sockets: LiveSockets) {}

  @On(liveMessage, { everyProcess: true })
  async pass(_ctx: Ctx, { accountId, ...message }: PayloadOf<typeof liveMessage>): Promise<void> {
    this.sockets.send(accountId, message);
  }

  /** An import got further: whoever started it may be looking. */
  @On(importMoved, { everyProcess: true })
  async tellImport(ctx: Ctx, { accountId, importId, state }: PayloadOf<typeof importMoved>): Promise<void> {
    this.sockets.send(accountId, { topic: 'imports', kind: state, subjectId: importId, at: ctx.now.toISOString() });
  }

  /** Sessions ended or roles changed: the person's sockets close, and only a session that still holds opens new ones. */
  @On(sessionsChanged, { everyProcess: true })
  async close(_ctx: Ctx, { accountId }: PayloadOf<typeof sessionsChanged>): Promise<void> {
    this.sockets.close(accountId);
  }
}
