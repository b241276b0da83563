import { newId, systemCtx, type Client, type Clock, type Wire } from '@um/kernel';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { auth, type SignedIn } from './contract.js';

/** What a test may send. */
export interface Sent {
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** Left out to see what happens without it. */
  readonly csrf?: boolean;
}
/** What came back. */
export interface Got<T = unknown> {
  readonly status: number;
  readonly body: T;
  readonly headers: Readonly<Record<string, unknown>>;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Token = z.output<typeof SignedIn>;

/** A good password that no rule minds. */
export const PASSWORD = 'qish-kechasi-choy';

let people = 0;

/** A browser as far as the platform can tell: it keeps cookies and sends the CSRF token back. */
export class Browser {
  readonly cookies = new Map<string, string>();

  constructor(
    private readonly fastify: FastifyInstance,
    private readonly ip = '198.51.100.7',
    private readonly host = 'localhost',
  ) {}

  /** Somebody else on this device: it is known, who used it last is not. */
  onSameDevice(): Browser {
    const other = new Browser(this.fastify, this.ip, this.host);
    for (const [name, value] of this.cookies) if (name === 'um_device') other.cookies.set(name, value);
    return other;
  }

  /** Sends a request to `/api/v1` + path. */
  async send<T = Record<string, unknown>>(
    method: Method,
    path: string,
    { body, headers = {}, csrf = true }: Sent = {},
  ): Promise<Got<T>> {
    const token = this.cookies.get('um_csrf');
    const response = await this.fastify.inject({
      method,
      url: `/api/v1${path}`,
      remoteAddress: this.ip,
      headers: { host: this.host, ...(csrf && token ? { 'x-csrf-token': token } : {}), ...headers },
      cookies: Object.fromEntries(this.cookies),
      ...(body ? { payload: body } : {}),
    });
    for (const cookie of response.cookies) this.#keep(cookie);
    return {
      status: response.statusCode,
      body: (response.body ? response.json() : undefined) as T,
      headers: response.headers,
    };
  }

  #keep(cookie: { name: string; value: string; expires?: Date; maxAge?: number }): void {
    if (cookie.value === '' || cookie.maxAge === 0) this.cookies.delete(cookie.name);
    else this.cookies.set(cookie.name, cookie.value);
  }

  get = <T = Record<string, unknown>>(path: string, sent?: Sent) => this.send<T>('GET', path, sent);
  post = <T = Record<string, unknown>>(path: string, body: object = {}, sent?: Sent) =>
    this.send<T>('POST', path, { ...sent, body });
  patch = <T = Record<string, unknown>>(path: string, body: object, sent?: Sent) =>
    this.send<T>('PATCH', path, { ...sent, body });
  put = <T = Record<string, unknown>>(path: string, body: object, sent?: Sent) =>
    this.send<T>('PUT', path, { ...sent, body });
  delete = (path: string, sent?: Sent) => this.send('DELETE', path, sent);

  /** Signs a new adult up in this browser. */
  async signUp(
    person: { email?: string; name?: string; password?: string } = {},
  ): Promise<Token & { readonly email: string }> {
    const email = person.email ?? `person-${++people}-${Date.now().toString(36)}@example.com`;
    const got = await this.post<Token>('/auth/sign-up', {
      email,
      name: person.name ?? 'Nodira Karimova',
      password: person.password ?? PASSWORD,
    });
    if (got.status !== 201) throw new Error(`sign-up answered ${got.status}: ${JSON.stringify(got.body)}`);
    return { ...got.body, email };
  }

  signIn(email: string, password = PASSWORD): Promise<Got<Token>> {
    return this.post<Token>('/auth/sign-in', { email, password });
  }

  /** True when the platform knows who this is. */
  async signedIn(): Promise<boolean> {
    return (await this.get('/auth/sessions')).status === 200;
  }

  childSignIn(childId: string, pin: string): Promise<Got<Token>> {
    return this.post<Token>('/auth/child/sign-in', { childId, pin });
  }
}

/** What the helpers below need of a platform under test. */
export interface UnderTest {
  readonly fastify: FastifyInstance;
  readonly wire: Wire;
  readonly clock: Clock;
}

/** auth as other contexts see it. */
export const accountsOf = (p: UnderTest): Client<typeof auth> => p.wire.client(auth);

/** A parent who is signed in, with a family and a child in it. */
export async function aFamily(p: UnderTest, pin = '4821') {
  const parent = new Browser(p.fastify);
  const { account, email } = await parent.signUp();
  const [familyId, childId] = [newId(p.clock.now()), newId(p.clock.now())];
  const ctx = systemCtx(p.clock.now());
  await accountsOf(p).joinFamily(ctx, { accountId: account.id, familyId });
  await accountsOf(p).openChild(ctx, { childId, familyId, nickname: 'Temur', avatar: 'fox', pin });
  return { parent, email, account, familyId, childId, pin };
}

/** An admin who is signed in and has just proved presence. */
export async function anAdmin(p: UnderTest) {
  const admin = new Browser(p.fastify);
  const { account, email } = await admin.signUp();
  await accountsOf(p).grantRole(systemCtx(p.clock.now()), { accountId: account.id, role: 'admin' });
  return { admin, id: account.id, email };
}
