const COLOURS: Readonly<Record<string, number>> = { fatal: 35, error: 31, warn: 33, info: 32, debug: 36, trace: 90 };
const OWN = new Set(['level', 'time', 'service', 'msg', 'err', 'requestId']);

interface Line extends Record<string, unknown> {
  readonly level?: string;
  readonly time?: string;
  readonly service?: string;
  readonly msg?: string;
  readonly err?: { readonly stack?: string; readonly message?: string };
}

const paint = (colour: number, text: string, on: boolean): string => (on ? `\u001B[${colour}m${text}\u001B[39m` : text);
const value = (v: unknown): string => (typeof v === 'string' && /^[\w./:@+-]+$/.test(v) ? v : JSON.stringify(v));

/** One JSON log line, written for people: time, level, service, message, what else it holds, and the stack of an error. */
export function prettyLine(json: string, colour: boolean): string {
  let line: Line;
  try {
    line = JSON.parse(json) as Line;
  } catch {
    return json; // not ours: a library that prints for itself
  }
  const level = (line.level ?? 'info').toUpperCase().padEnd(5);
  const rest = Object.entries(line).filter(([key]) => !OWN.has(key));
  const head = [
    paint(90, (line.time ?? '').slice(11, 23), colour),
    paint(COLOURS[line.level ?? 'info'] ?? 32, level, colour),
    ...(line.service === undefined ? [] : [paint(90, line.service, colour)]),
    line.msg ?? '',
    ...rest.map(([key, v]) => paint(90, `${key}=${value(v)}`, colour)),
  ].join(' ');
  const stack = line.err?.stack ?? line.err?.message;
  return `${head}\n${stack === undefined ? '' : `${stack.replaceAll(/^/gm, '    ')}\n`}`;
}

/** A stream for the logger that writes each line for people. */
export function prettyStream(out: { write(text: string): unknown }, colour: boolean): { write(line: string): void } {
  return { write: (line) => void out.write(prettyLine(line, colour)) };
}
