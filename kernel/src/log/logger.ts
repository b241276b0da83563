import { destination, pino, type DestinationStream, type Logger as PinoLogger } from 'pino';
import type { FinishedRequest } from '../http/hooks.js';
import { prettyStream } from './pretty.js';
import { redact, scrub } from './redact.js';

export type Logger = PinoLogger;
export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

export interface LoggerOptions {
  /** Who writes: the process or its context. */
  readonly service: string;
  readonly level?: LogLevel;
  /** Lines for people; by default when the output is a terminal. */
  readonly pretty?: boolean | undefined;
  /** Where lines go; the standard output by default. */
  readonly out?: DestinationStream;
}

/** Lines wait for company this long at most, in ms: one write for each would cost more than most requests. */
const FLUSH_MS = 100;
const FLUSH_CHARACTERS = 64 * 1024;

/** The standard output, written in batches; what waits is written before the process ends. */
function standardOutput(): DestinationStream {
  const out = destination({ dest: 1, sync: true });
  let waiting: string[] = [];
  let length = 0;
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (length === 0) return;
    const batch = waiting.join('');
    waiting = [];
    length = 0;
    out.write(batch);
  };
  process.once('exit', flush);
  return {
    write: (line) => {
      waiting.push(line);
      length += line.length;
      if (length >= FLUSH_CHARACTERS) flush();
      else timer ??= setTimeout(flush, FLUSH_MS).unref();
    },
  };
}

let toldAt = 0;
let told = '';

/** The time of a line; lines of one millisecond share it. */
function isoTime(): string {
  const now = Date.now();
  if (now !== toldAt) {
    toldAt = now;
    told = `,"time":"${new Date(now).toISOString()}"`;
  }
  return told;
}

/** Where the lines of a logger go as JSON, and who writes them. */
const jsonLines = new WeakMap<Logger, { readonly out: DestinationStream; readonly service: string }>();

/**
 * The logger of a process: one JSON line per entry, ISO time, level as a word, nothing private. `logger.child({ … })`
 * adds fields to every line. A failure is logged as `logger.error({ err }, 'what was being done')`.
 */
export function createLogger(options: LoggerOptions): Logger {
  const pretty = options.pretty ?? process.stdout.isTTY;
  const out = options.out ?? standardOutput();
  const logger = pino(
    {
      level: options.level ?? 'info',
      base: { service: options.service },
      timestamp: isoTime,
      // `redact` shapes errors itself, wherever they are.
      serializers: { err: (value: unknown) => value },
      formatters: {
        level: (label) => ({ level: label }),
        log: redact,
      },
      hooks: {
        logMethod(args, method) {
          const [first, ...rest] = args as unknown as [unknown, ...unknown[]];
          const entry = first instanceof Error ? { err: first } : first;
          const clean = (part: unknown): unknown => (typeof part === 'string' ? scrub(part) : part);
          method.apply(this, [entry, ...rest].map(clean) as typeof args);
        },
      },
    },
    pretty ? prettyStream(out, process.stdout.isTTY) : out,
  );
  // The library forgets the formatter of bindings in children, so their fields are cleaned on the way in.
  type MakeChild = (this: Logger, bindings: object, childOptions?: object) => Logger;
  const plainChild = Reflect.get(logger, 'child') as unknown as MakeChild;
  const cleanChild: MakeChild = function (bindings, childOptions) {
    return plainChild.call(this, redact(bindings), childOptions);
  };
  Object.assign(logger, { child: cleanChild });
  if (!pretty) jsonLines.set(logger, { out, service: options.service });
  return logger;
}

/** Routes that probes call every few seconds. */
const PROBES = /^\/(health|metrics)(\/|$)/;

/**
 * The one line of a finished request. Faults of the platform are errors; probes are heard at `debug` alone. It holds ids,
 * names of ours and figures, so nothing is looked through, and as JSON it is put together here: the logger costs more
 * than a ready answer.
 */
export function logRequest(logger: Logger, request: FinishedRequest): void {
  const { requestId, method, route, status, actor } = request;
  const level = status >= 500 ? 'error' : PROBES.test(route) ? 'debug' : 'info';
  if (!logger.isLevelEnabled(level)) return;
  const ms = Math.round(request.seconds * 10_000) / 10;
  const json = jsonLines.get(logger);
  if (!json) {
    logger[level]({ requestId, method, route, status, ms, ...(actor === null ? {} : { actor }) }, 'request');
    return;
  }
  const who = actor === null ? '' : `,"actor":"${actor}"`;
  json.out.write(
    `{"level":"${level}"${isoTime()},"service":"${json.service}","requestId":"${requestId}","method":"${method}","route":${JSON.stringify(route)},"status":${status},"ms":${ms}${who},"msg":"request"}\n`,
  );
}
