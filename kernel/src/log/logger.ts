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
const FLUSH_BYTES = 64 * 1024;

/** The standard output, written in batches; what waits is written before the process ends. */
const standardOutput = (): DestinationStream =>
  destination({ dest: 1, sync: false, minLength: FLUSH_BYTES, maxWrite: 2 * FLUSH_BYTES, periodicFlush: FLUSH_MS });

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

/** Fields of a line that hold nothing private by their nature: they are not looked through again. */
class CleanLine {
  readonly [field: string]: unknown;
  constructor(fields: Readonly<Record<string, string | number>>) {
    Object.assign(this, fields);
  }
}

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
        log: (line) => (line instanceof CleanLine ? line : redact(line)),
      },
      hooks: {
        logMethod(args, method) {
          const [first, ...rest] = args as unknown as [unknown, ...unknown[]];
          const entry = first instanceof Error ? { err: first } : first;
          const clean = (part: unknown): unknown => (typeof part === 'string' ? scrub(part) : part);
          method.apply(this, first instanceof CleanLine ? args : ([entry, ...rest].map(clean) as typeof args));
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
  return logger;
}

/** Routes that probes call every few seconds. */
const PROBES = /^\/(health|metrics)(\/|$)/;

/** The one line of a finished request. Faults of the platform are errors; probes are heard at `debug` alone. */
export function logRequest(logger: Logger, request: FinishedRequest): void {
  const { requestId, method, route, status, actor } = request; // ids, names of ours and figures alone
  const level = status >= 500 ? 'error' : PROBES.test(route) ? 'debug' : 'info';
  if (!logger.isLevelEnabled(level)) return;
  const ms = Math.round(request.seconds * 10_000) / 10;
  const fields = { requestId, method, route, status, ms, ...(actor === null ? {} : { actor }) };
  logger[level](new CleanLine(fields), 'request');
}
