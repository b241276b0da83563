/** Where a PostgreSQL server listens. A host that is a path is the folder of a unix socket. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

export interface Login {
  readonly user: string;
  readonly password?: string | undefined;
  readonly database: string;
}

/** A connection URL that libpq, `pg` and WHATWG `URL` all read; a socket folder travels as the parameter `host`. */
export function connectionUrl({ host, port }: Place, login: Login): string {
  const password = login.password === undefined ? '' : `:${encodeURIComponent(login.password)}`;
  const socket = host.includes('/') ? `?host=${encodeURIComponent(host)}` : '';
  const server = socket === '' ? host : 'localhost';
  return `postgres://${encodeURIComponent(login.user)}${password}@${server}:${port}/${encodeURIComponent(login.database)}${socket}`;
}
