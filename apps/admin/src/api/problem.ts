/** A failure as the API tells it (RFC 9457), or the network's own (`status` 0). */
export class ApiProblem extends Error {
  readonly status: number;
  /** Stable, such as `order.BAD_MOVE`. */
  readonly code: string;
  readonly requestId: string | null;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(status: number, body: unknown) {
    const problem = (body ?? {}) as {
      title?: string;
      code?: string;
      requestId?: string;
      details?: Record<string, unknown>;
    };
    super(problem.title ?? '');
    this.status = status;
    this.code = problem.code ?? (status === 0 ? 'admin.OFFLINE' : 'admin.UNEXPECTED');
    this.requestId = problem.requestId ?? null;
    this.details = problem.details ?? {};
  }
}
