/** A message of the live channel: what changed, never its content. */
export interface LiveMessage {
  readonly topic: string;
  readonly kind: string;
  readonly subjectId: string;
}

type Listener = (message: LiveMessage) => void;

const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/** How long to wait before the n-th try in a row, in ms; between half and the whole of a doubling time, so that clients do not come back all at once. */
export function backoff(tries: number, random: number): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** tries);
  return Math.round(whole / 2 + (whole / 2) * random);
}

/** Keeps one WebSocket to the platform open while somebody is signed in, and passes messages to whoever listens. */
export class LiveChannel {
  #socket: WebSocket | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #tries = 0;
  #wanted = false;
  readonly #listeners = new Set<Listener>();

  constructor(private readonly connect: () => WebSocket) {}

  /** Opens the channel and keeps it open, coming back at once when the network does. */
  start(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    this.#open();
    addEventListener('online', () => this.#hurry());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.#hurry();
    });
  }

  /** Hears every message until the returned function is called. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #hurry(): void {
    if (this.#socket) return;
    clearTimeout(this.#timer);
    this.#tries = 0;
    this.#open();
  }

  #open(): void {
    clearTimeout(this.#timer);
    const socket = this.connect();
    this.#socket = socket;
    socket.onmessage = (event) => this.#hear(String(event.data));
    socket.onclose = () => {
      this.#socket = null;
      this.#timer = setTimeout(() => this.#open(), backoff(this.#tries++, Math.random()));
    };
  }

  #hear(text: string): void {
    const message = JSON.parse(text) as LiveMessage;
    if (message.topic === 'hello') {
      this.#tries = 0;
      // Something may have been said before the line stood: between the page and the line, or while it was down. Everybody looks again.
      this.#tell({ topic: 'connected', kind: 'connected', subjectId: '' });
      return;
    }
    this.#tell(message);
  }

  #tell(message: LiveMessage): void {
    for (const listener of this.#listeners) listener(message);
  }
}

/** The channel of this page's origin. */
export const openLiveSocket = (): WebSocket =>
  new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/v1/live`);
