/** A message of the live channel: what changed, never its content. */
export interface LiveMessage {
  readonly topic: string;
  readonly kind: string;
  readonly subjectId: string;
}

const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/** How long to wait before the n-th try in a row, in ms; between half and the whole of a doubling time, so that panels do not come back all at once. */
export function backoff(tries: number, random: number): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** tries);
  return Math.round(whole / 2 + (whole / 2) * random);
}

/** Keeps a WebSocket to the platform open until the returned function is called. After a break `hear` gets `reconnected`: something may have been missed. */
export function listenLive(connect: () => WebSocket, hear: (message: LiveMessage) => void): () => void {
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tries = 0;
  let greeted = false;
  let stopped = false;
  const open = (): void => {
    socket = connect();
    socket.onmessage = (event) => {
      const message = JSON.parse(String(event.data)) as LiveMessage;
      if (message.topic !== 'hello') return hear(message);
      tries = 0;
      if (greeted) hear({ topic: 'reconnected', kind: 'reconnected', subjectId: '' });
      greeted = true;
      return undefined;
    };
    socket.onclose = () => {
      if (!stopped) timer = setTimeout(open, backoff(tries++, Math.random()));
    };
  };
  open();
  return () => {
    stopped = true;
    clearTimeout(timer);
    socket?.close();
  };
}

/** The channel of this page's origin. */
export const openLiveSocket = (): WebSocket =>
  new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/v1/live`);
