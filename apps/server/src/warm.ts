import { Warmup, type HotAnswers } from '@um/kernel';
import type { FastifyInstance } from 'fastify';

export interface WarmOptions {
  readonly fastify: FastifyInstance;
  readonly hot: HotAnswers;
  /** The host of the public address: pages are kept by host. */
  readonly host: string;
  /** Pages that everybody opens first; those of the biggest categories come on top. */
  readonly pages: readonly string[];
  readonly categoryPages: (category: string) => readonly string[];
  readonly onError: (name: string, error: unknown) => void;
  readonly everyMs?: number;
}

/** Answers that were loaded most lately are loaded again before somebody asks. */
const HOTTEST = 100;

interface Tree {
  readonly items: readonly { readonly id: string; readonly parentId: string | null }[];
}

/** Keeps guests' first pages and hottest lists ready: at the start, and then every quarter of an hour. It asks as a guest would. */
export function warming({ fastify, hot, host, pages, categoryPages, onError, everyMs }: WarmOptions): Warmup {
  const ask = async (url: string, locale?: string): Promise<string> => {
    const headers = { host, ...(locale === undefined ? {} : { 'accept-language': locale }) };
    const { statusCode, body } = await fastify.inject({ method: 'GET', url, headers });
    if (statusCode >= 500) throw new Error(`${url} was answered ${statusCode}`);
    return body;
  };
  const askAll = async (urls: readonly string[]): Promise<void> => {
    for (const url of urls) await ask(url);
  };
  const warmup = new Warmup({ onError, ...(everyMs === undefined ? {} : { everyMs }) });
  warmup.add('first pages', () => askAll(pages));
  warmup.add('categories', async () => {
    const { items } = JSON.parse(await ask('/api/v1/categories')) as Tree;
    const roots = items.filter((category) => category.parentId === null);
    await askAll(roots.flatMap((category) => categoryPages(category.id)));
  });
  warmup.add('hottest answers', async () => {
    for (const { url, locale } of hot.hottest(HOTTEST)) await ask(url, locale);
  });
  return warmup;
}
