import { destination, pino, stdTimeFunctions, type DestinationStream, type Logger as PinoLogger } from 'pino';
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

/**
 * The logger of a process: one JSON line per entry, ISO time, level as a word, nothing private. `logger.child({ … })`
 * adds fields to every line. A failure is logged as `logger.error({ err }, 'what was being done')`.
 */
export function createLogger(options: LoggerOptions): Logger {
  const pretty = options.pretty ?? process.stdout.isTTY;
  const out = options.out ?? destination(1);
  const logger = pino(
    {
      level: options.level ?? 'info',
      base: { service: options.service },
      timestamp: stdTimeFunctions.isoTime,
      // `redact` shapes errors itself, wherever they are.
      serializers: { err: (value: unknown) => value },
      formatters: { level: (label) => ({ level: label }), log: redact },
      hooks: {
        logMethod(args, method) {
          const [first, ...rest] = args as unknown as [unknown, ...unknown[]];
          const entry = first instanceof Error ? { err: first } : first;
          method.apply(
            this,
            [entry, ...rest].map((part) => (typeof part === 'string' ? scrub(part) : part)) as typeof args,
          );
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
  const { requestId, method, route, status, actor } = request;
  const level = status >= 500 ? 'error' : PROBES.test(route) ? 'debug' : 'info';
  if (!logger.isLevelEnabled(level)) return;
  const ms = Math.round(request.seconds * 10_000) / 10;
  logger[level]({ requestId, method, route, status, ms, ...(actor === null ? {} : { actor }) }, 'request');
}
