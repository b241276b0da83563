import { expect, test } from 'vitest';
import { ApiProblem, makeApi, type ApiInit } from './api.js';

function recorder(status: number, body: unknown) {
  const asked: { path: string; init: ApiInit | undefined }[] = [];
  const api = makeApi((path, init) => {
    asked.push({ path, init });
    return Promise.resolve({ status, body });
  }, 'ru');
  return { api, asked };
}

test('empty filters are left out of the address and the language is told', async () => {
  const { api, asked } = recorder(200, {});
  await api.get('/products', { q: 'лего', brand: null, category: '', facets: true });
  expect(asked[0]?.path).toBe('/api/v1/products?q=%D0%BB%D0%B5%D0%B3%D0%BE&facets=true');
  expect(asked[0]?.init?.headers).toEqual({ 'accept-language': 'ru' });
});

test('a key goes along with what may only happen once', async () => {
  const { api, asked } = recorder(201, {});
  await api.send('POST', '/checkout', { a: 1 }, 'key-1');
  expect(asked[0]?.init).toMatchObject({ method: 'POST', body: { a: 1 }, headers: { 'idempotency-key': 'key-1' } });
});

test('a failure carries its code and each field’s own words', async () => {
  const { api } = recorder(400, {
    title: 'Неверно',
    code: 'http.INVALID',
    requestId: 'r1',
    errors: [{ path: 'address.phone', code: 'x', message: 'Проверьте номер' }],
    details: { left: 3 },
  });
  const problem = await api.get('/x').catch((error: unknown) => error);
  expect(problem).toBeInstanceOf(ApiProblem);
  expect(problem).toMatchObject({
    status: 400,
    code: 'http.INVALID',
    message: 'Неверно',
    requestId: 'r1',
    fields: { 'address.phone': 'Проверьте номер' },
    details: { left: 3 },
  });
});

test('no network is a problem of its own', async () => {
  await expect(recorder(0, null).api.get('/x')).rejects.toMatchObject({ status: 0, code: 'web.OFFLINE' });
});
