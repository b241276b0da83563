import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
  SetMetadata,
  UseInterceptors,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { defer, lastValueFrom, map, type Observable } from 'rxjs';
import {
  bodyOf,
  HOT,
  HotAnswers,
  HOT_CACHE_CONTROL,
  hotKey,
  hotTags,
  VARY,
  type HotOptions,
  type Made,
} from './hot.js';

const JSON_TYPE = 'application/json; charset=utf-8';

/** Keeps a guest's answer as ready bytes. Bound to hot routes alone: a global interceptor would cost every request. */
@Injectable()
export class HotInterceptor implements NestInterceptor {
  constructor(@Inject(HotAnswers) private readonly answers: HotAnswers) {}

  intercept(host: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const options = Reflect.getMetadata(HOT, host.getHandler()) as HotOptions | undefined;
    // Whoever was recognised is nobody's guest, whatever the headers looked like.
    const key = request.ctx?.actor ? undefined : hotKey(request.raw);
    if (!options || key === undefined) return next.handle();
    const keep = { ttl: options.ttl, tags: hotTags(options, request) };
    const make = async (): Promise<Made> => {
      const value: unknown = await lastValueFrom(next.handle());
      const body = Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value));
      return { body, type: JSON_TYPE, route: request.routeOptions.url ?? 'unmatched' };
    };
    return defer(async () => this.answers.once(key, keep, make)).pipe(
      map((ready) => {
        void reply.headers({ etag: ready.etag, 'cache-control': HOT_CACHE_CONTROL, vary: VARY }).type(ready.type);
        return bodyOf(ready);
      }),
    );
  }
}

/** Serves a public GET to guests as ready bytes. The answer must not depend on anything but the URL and the language. */
export const Hot = (options: HotOptions) => applyDecorators(SetMetadata(HOT, options), UseInterceptors(HotInterceptor));
