import { aFamily, anAdmin, Browser } from '@um/auth/testing';
import { roles, systemCtx, type Role } from '@um/kernel';
import { auth } from '@um/auth';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contextNames } from '../apps/server/src/registry.js';
import { ownedRoutes, type OwnedRoute } from '../apps/server/src/routes.js';

let p: TestPlatform;
let routes: OwnedRoute[];
let tokens: Readonly<Record<Role, string | null>>;

const ID = '01900000-0000-7000-8000-000000000000';
/** A value that fits most parameters; what does not exist is answered 404 or 400, never 401 or 403. */
const filled = (path: string): string => path.replace(/:[a-zA-Z]+/g, ID);

async function withRole(role: 'seller' | 'moderator'): Promise<string> {
  const browser = new Browser(p.fastify);
  const { account, token } = await browser.signUp();
  // What an account may do besides buying is all it keeps here: a right of `parent` must not open the door instead.
  await p.wire.client(auth).grantRole(systemCtx(p.clock.now()), { accountId: account.id, role });
  return token;
}

beforeAll(async () => {
  p = await testPlatform();
  routes = (await ownedRoutes(contextNames)).filter((route) => !route.allow.includes('internal'));
  const { childId, pin, parent, email } = await aFamily(p);
  const child = (await parent.childSignIn(childId, pin)).body.token;
  const { admin, email: adminEmail } = await anAdmin(p);
  tokens = {
    guest: null,
    child,
    parent: (await new Browser(p.fastify).signIn(email)).body.token,
    seller: await withRole('seller'),
    moderator: await withRole('moderator'),
    admin: (await admin.signIn(adminEmail)).body.token,
  };
});
afterAll(() => p?.stop());

/** Roles that an account holds in fact: everybody grown up may also buy. */
const held: Readonly<Record<Role, readonly Role[]>> = {
  guest: ['guest'],
  child: ['child'],
  parent: ['parent'],
  seller: ['parent', 'seller'],
  moderator: ['parent', 'moderator'],
  admin: ['parent', 'admin'],
};

const REFUSALS = new Set(['http.SIGN_IN', 'http.FORBIDDEN']);

/** The refusal of the guard, or null when the request got past it. */
async function refusal(route: OwnedRoute, role: Role): Promise<string | null> {
  const token = tokens[role];
  const response = await p.fastify.inject({
    method: route.method as 'GET',
    url: filled(route.path),
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(route.idempotent ? { 'idempotency-key': `${role}-${route.handler}-rbac` } : {}),
    },
    ...(route.body ? { payload: {} } : {}),
  });
  const type = String(response.headers['content-type']);
  const code =
    type.includes('json') && response.body ? (JSON.parse(response.body) as { code?: string }).code : undefined;
  return code !== undefined && REFUSALS.has(code) ? code : null;
}

test('every route says who may use it', () => {
  expect(routes.length).toBeGreaterThan(50);
  expect(routes.filter((route) => route.allow.length === 0)).toEqual([]);
});

test('six roles on every route: those it names get past the guard, nobody else does', async () => {
  const wrong: string[] = [];
  let tried = 0;
  for (const route of routes)
    for (const role of roles) {
      // Signing out or ending sessions would take the token away from the routes after it.
      if (/sign-out|sessions|account-ending/.test(route.path) && route.method !== 'GET') continue;
      tried += 1;
      const open = route.allow.includes('public') || held[role].some((one) => route.allow.includes(one));
      const code = await refusal(route, role);
      const expected = open ? null : role === 'guest' ? 'http.SIGN_IN' : 'http.FORBIDDEN';
      if (code !== expected) wrong.push(`${role} ${route.method} ${route.path}: ${code} instead of ${expected}`);
    }
  console.log(`${routes.length} routes, ${tried} doors tried`);
  expect(wrong).toEqual([]);
});
