import type { FastifyInstance } from 'fastify';
import type { Transport } from '../api/api.js';

/** Whose request the storefront makes: nobody's for shared pages, the visitor's for their own. */
export interface Visitor {
  readonly cookie: string | undefined;
  readonly requestId: string | undefined;
}

/** Requests to the API inside the same process: no socket, the same checks. */
export function insideTransport(fastify: FastifyInstance): (visitor: Visitor) => Transport {
  return ({ cookie, requestId }) =>
    async (path, init = {}) => {
      const answer = await fastify.inject({
        method: (init.method ?? 'GET') as 'GET',
        url: path,
        headers: {
          accept: 'application/json',
          ...(cookie ? { cookie } : {}),
          ...csrf(cookie),
          ...(requestId ? { 'x-request-id': requestId } : {}),
          ...init.headers,
        },
        ...(init.body === undefined ? {} : { payload: init.body as object }),
      });
      const json = answer.headers['content-type']?.includes('json') ?? false;
      return {
        status: answer.statusCode,
        body: json ? (JSON.parse(answer.payload) as unknown) : answer.payload || null,
      };
    };
}

/** A page that is opened directly asks as its script would: some of its questions, such as the price of a cart, are a POST. */
function csrf(cookie: string | undefined): Record<string, string> {
  const token = /(?:^|;\s*)um_csrf=([^;]+)/.exec(cookie ?? '')?.[1];
  return token ? { 'x-csrf-token': decodeURIComponent(token) } : {};
}
