import { auth } from '@um/auth';
import { demoCategories, demoStores, linesOf, type DemoStore } from '@um/demo';
import { putDemoAttributes } from './demo-attributes.js';
import { CONSENT_VERSION } from '@um/family';
import { analyze, systemCtx, type Client, type Contract, type Ctx } from '@um/kernel';
import { product } from '@um/product';
import { store } from '@um/store';
import { randomInt } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Platform } from './boot.js';
import { OFFERED_BEFORE, offerTogether, putOnSale, type Ask } from './demo-market.js';

const SignIn = z.object({ role: z.string(), name: z.string(), email: z.string(), password: z.string() });
const Child = z.object({ nickname: z.string(), pin: z.string() });
const SignIns = z.object({ people: z.array(SignIn), children: z.array(Child), complete: z.boolean() });
/** Who can sign in to the demo, kept beside the data and printed at every start. */
export type DemoSignIns = z.infer<typeof SignIns>;

const WORDS = [
  'anor',
  'bahor',
  'choynak',
  'daryo',
  'gilos',
  'humo',
  'ipak',
  'kapalak',
  'lola',
  'navroz',
  'olma',
  'paxta',
  'quyosh',
  'rayhon',
  'sabo',
  'tulpor',
  'uzum',
  'xurmo',
  'yulduz',
  'zarafshon',
];
/** A password made for this data folder alone: about 40 bits, easy to type. */
const password = (): string =>
  `${Array.from({ length: 4 }, () => WORDS[randomInt(WORDS.length)]).join('-')}-${randomInt(1_000, 10_000)}`;

const HOST = 'ultramarket.example';
const BATCH = 500;

export type OnProgress = (line: string) => void;

interface Seeding {
  readonly platform: Platform;
  readonly ctx: Ctx;
  readonly client: <K extends Contract>(contract: K) => Client<K>;
  readonly onProgress: OnProgress;
}

const fileOf = (dataDir: string): string => path.join(dataDir, 'demo-sign-ins.json');

/** The demo's sign-ins of a data folder, or undefined when the demo was never imported there. */
export function readSignIns(dataDir: string): DemoSignIns | undefined {
  const file = fileOf(dataDir);
  return existsSync(file) ? SignIns.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
}

/** Imports the demo marketplace into a running platform, or finishes an import that was cut off. Every step may be repeated. */
export async function importDemo(platform: Platform, dataDir: string, onProgress: OnProgress): Promise<DemoSignIns> {
  const known = readSignIns(dataDir);
  if (known?.complete) return known;
  const stores = await demoStores();
  const signIns = known ?? newSignIns(stores);
  const keep = (complete: boolean): void =>
    writeFileSync(fileOf(dataDir), JSON.stringify({ ...signIns, complete }, null, 2), { mode: 0o600 });
  keep(false);
  const seeding: Seeding = {
    platform,
    onProgress,
    ctx: systemCtx(platform.clock.now()),
    client: (contract) => platform.wire.client(contract) as never,
  };
  await openPeople(seeding, signIns);
  await seeding.client(product).putCategories(seeding.ctx, { categories: await demoCategories() });
  await putDemoAttributes(seeding.client(product), seeding.ctx);
  const storeIds: string[] = [];
  for (const shop of stores) storeIds.push(await importStore(seeding, shop, signIns));
  await offerTogether(seeding.client(product), seeding.ctx, storeIds);
  await sellCheaper(seeding, signIns);
  await openChildren(seeding, signIns);
  await platform.settle();
  await Promise.all([...platform.databases.values()].map((db) => analyze(db)));
  keep(true);
  return { ...signIns, complete: true };
}

function newSignIns(stores: readonly DemoStore[]): DemoSignIns {
  const person = (role: string, name: string, box: string) => ({
    role,
    name,
    email: `${box}@${HOST}`,
    password: password(),
  });
  return {
    people: [
      person('parent', 'Demo parent', 'parent'),
      ...stores.map((shop) => person('seller', shop.name.en, `seller.${shop.slug}`)),
      person('moderator', 'Demo moderator', 'moderator'),
      person('admin', 'Demo admin', 'admin'),
    ],
    children: [
      { nickname: 'Jasmin', pin: String(randomInt(1_000, 10_000)) },
      { nickname: 'Temur', pin: String(randomInt(1_000, 10_000)) },
    ],
    complete: false,
  };
}

async function openPeople({ client, ctx }: Seeding, signIns: DemoSignIns): Promise<void> {
  const accounts = client(auth);
  for (const { role, ...person } of signIns.people) {
    const roles =
      role === 'parent' || role === 'seller' ? (['parent'] as const) : (['parent', role as 'admin'] as const);
    await accounts.openAccount(ctx, { ...person, roles: [...roles] });
  }
}

async function importStore(
  { client, ctx: today, onProgress }: Seeding,
  shop: DemoStore,
  signIns: DemoSignIns,
): Promise<string> {
  const ctx = { ...today, now: new Date(today.now.getTime() - OFFERED_BEFORE) };
  const seller = signIns.people.find((p) => p.email === `seller.${shop.slug}@${HOST}`);
  const owner = await client(auth).accountByEmail(ctx, { email: seller?.email ?? '' });
  if (!owner) throw new Error(`the seller of ${shop.slug} has no account`);
  const { catalog: _catalog, ...profile } = shop;
  const { storeId } = await client(store).open(ctx, { ...profile, ownerId: owner.id, verified: true });
  const lines = await linesOf(shop);
  for (let first = 0; first < lines.length; first += BATCH) {
    const report = await client(product).importLines(ctx, {
      storeId,
      lines: lines.slice(first, first + BATCH),
      firstLine: first + 1,
    });
    if (report.problems.length > 0)
      throw new Error(`${shop.slug} line ${report.problems[0]!.line}: ${report.problems[0]!.message}`);
    onProgress(`${shop.name.en}: ${Math.min(first + BATCH, lines.length)} of ${lines.length} products`);
  }
  return storeId;
}

/** Each demo seller puts a few things on sale, through the routes a seller uses. */
async function sellCheaper({ platform, ctx }: Seeding, signIns: DemoSignIns): Promise<void> {
  const ask: Ask = async (method, url, token, payload) => {
    const headers = token ? { authorization: `Bearer ${token}` } : {};
    const response = await platform.fastify.inject({ method, url, headers, ...(payload ? { payload } : {}) });
    return { status: response.statusCode, body: response.json() };
  };
  for (const { email, password: secret } of signIns.people.filter((person) => person.role === 'seller')) {
    const { body } = await ask('POST', '/api/v1/auth/sign-in', '', { email, password: secret });
    await putOnSale(ask, (body as { token: string }).token, ctx.now);
  }
}

const AGES: Readonly<Record<string, number>> = { Jasmin: 5, Temur: 9 };

/** The demo family is opened through the same HTTP routes a parent uses. */
async function openChildren({ platform, ctx }: Seeding, signIns: DemoSignIns): Promise<void> {
  const parent = signIns.people[0]!;
  const call = async (
    method: 'GET' | 'POST' | 'PUT',
    url: string,
    token: string | null,
    payload?: object,
  ): Promise<unknown> => {
    const response = await platform.fastify.inject({
      method,
      url,
      headers: token ? { authorization: `Bearer ${token}` } : {},
      ...(payload ? { payload } : {}),
    });
    if (response.statusCode >= 300)
      throw new Error(`${method} ${url} answered ${response.statusCode}: ${response.body}`);
    return response.json();
  };
  const { token } = (await call('POST', '/api/v1/auth/sign-in', null, {
    email: parent.email,
    password: parent.password,
  })) as { token: string };
  const { items } = (await call('GET', '/api/v1/families/children', token)) as { items: { nickname: string }[] };
  for (const child of signIns.children.filter((c) => !items.some((known) => known.nickname === c.nickname))) {
    const birthDate = `${ctx.now.getUTCFullYear() - AGES[child.nickname]!}-03-14`;
    await call('POST', '/api/v1/families/children', token, {
      ...child,
      birthDate,
      avatar: child.nickname === 'Jasmin' ? 'rabbit' : 'rocket',
      consent: { version: CONSENT_VERSION, purposes: ['profile', 'shopping', 'order_history'] },
      limits: { dayTiyin: 50_000_000, weekTiyin: 150_000_000, monthTiyin: null },
    });
  }
}
