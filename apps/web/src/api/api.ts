/** A failure as the API tells it (RFC 9457), or the network's own (`status` 0). */
export class ApiProblem extends Error {
  readonly status: number;
  /** Stable, such as `cart.NOT_ENOUGH`. */
  readonly code: string;
  readonly requestId: string | null;
  readonly fields: Readonly<Record<string, string>>;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(status: number, body: unknown) {
    const problem = (body ?? {}) as {
      title?: string;
      code?: string;
      requestId?: string;
      errors?: { path: string; message: string }[];
      details?: Record<string, unknown>;
    };
    super(problem.title ?? '');
    this.status = status;
    this.code = problem.code ?? (status === 0 ? 'web.OFFLINE' : 'web.UNEXPECTED');
    this.requestId = problem.requestId ?? null;
    this.details = problem.details ?? {};
    this.fields = Object.fromEntries((problem.errors ?? []).map((error) => [error.path, error.message]));
  }
}

/** What the API answered: the status and the JSON, null when there was no body. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** One request. `body` is sent as JSON; `headers` are added. */
export interface ApiInit {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How requests reach the platform: inside the process on the server, over the network in the browser. */
export type Transport = (path: string, init?: ApiInit) => Promise<ApiAnswer>;

/** The API of the platform for the pages. Every failure is an `ApiProblem`. */
export interface Api {
  get<T>(path: string, query?: Readonly<Record<string, string | number | boolean | null | undefined>>): Promise<T>;
  send<T>(
    method: 'POST' | 'PATCH' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
    idempotencyKey?: string,
  ): Promise<T>;
}

/** Makes the pages' API of a transport. `path` is what follows `/api/v1`. */
export function makeApi(transport: Transport, locale: string): Api {
  const language = { 'accept-language': locale };
  const ask = async <T>(path: string, init: ApiInit): Promise<T> => {
    const { status, body } = await transport(`/api/v1${path}`, { ...init, headers: { ...language, ...init.headers } });
    if (status < 200 || status >= 300) throw new ApiProblem(status, body);
    return body as T;
  };
  return {
    get: (path, query = {}) => {
      const search = new URLSearchParams();
      for (const [key, value] of Object.entries(query))
        if (value !== null && value !== undefined && value !== '') search.set(key, String(value));
      const text = search.toString();
      return ask(text ? `${path}?${text}` : path, {});
    },
    send: (method, path, body, idempotencyKey) =>
      ask(path, {
        method,
        ...(body === undefined ? {} : { body }),
        ...(idempotencyKey ? { headers: { 'idempotency-key': idempotencyKey } } : {}),
      }),
  };
}
