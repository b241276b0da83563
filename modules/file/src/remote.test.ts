import fc from 'fast-check';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { isPublicAddress, pictureUrl } from './address.rules.js';
import type { Reach } from './contract.js';
import { fetchPicture, openInternet } from './remote.js';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
/** A test may reach its own servers, and nothing else inside. */
const ownServers: Reach = {
  mayReach: (address) => address === '127.0.0.1',
  urlOf: (text) => (URL.canParse(text) ? new URL(text) : undefined),
};
const signal = new AbortController().signal;
const refused = (url: string, reach = openInternet) =>
  fetchPicture(url, signal, reach).then(
    () => 'fetched',
    (error: { code: string }) => error.code,
  );

describe('an address', () => {
  test.each([
    '127.0.0.1',
    '127.9.9.9',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '192.0.0.192',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'fe80::1%eth0',
    'fc00::1',
    'fd00:ec2::254',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001::1',
    '2001:db8::1',
    'localhost',
    '',
  ])('%s is inside', (address) => expect(isPublicAddress(address)).toBe(false));

  test.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450:4001::1'])(
    '%s is outside',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  test('of a private network is inside however it is written in IPv6', () => {
    fc.assert(
      fc.property(fc.constantFrom('127', '10'), fc.nat(255), fc.nat(255), (first, b, c) => {
        const address = `${first}.${b}.${c}.1`;
        expect([address, `::ffff:${address}`, `::${address}`, `64:ff9b::${address}`].some(isPublicAddress)).toBe(false);
      }),
    );
  });

  test.each([
    'ftp://a.uz/x',
    'file:///etc/passwd',
    'http://a.uz:22/',
    'http://user:pass@a.uz/',
    'data:image/png,x',
    'a.png',
  ])('%s is none of a picture', (text) => expect(pictureUrl(text)).toBeUndefined());
});

describe('fetching', () => {
  test.each([
    'http://127.0.0.1/a.png',
    'http://localhost/a.png',
    'http://[::1]/a.png',
    'http://169.254.169.254/latest/meta-data/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0/',
    'http://[::ffff:127.0.0.1]/',
    'https://[fd00:ec2::254]/',
  ])('from %s is refused', async (url) => expect(await refused(url)).toBe('file.BAD_ADDRESS'));

  test('follows a redirect to a picture, and checks where it leads', async () => {
    const target = await serve((_request, response) => response.end('bytes'));
    const ways: Record<string, string> = {
      '/good': target,
      '/inside': 'http://10.0.0.1/',
      '/file': 'file:///etc/passwd',
      '/round': '/round',
    };
    const start = await serve((request, response) => response.writeHead(302, { location: ways[request.url!]! }).end());
    expect((await fetchPicture(`${start}/good`, signal, ownServers)).toString()).toBe('bytes');
    expect(await refused(`${start}/inside`, ownServers)).toBe('file.BAD_ADDRESS');
    expect(
      await refused(`${start}/file`, {
        ...ownServers,
        urlOf: (text) => (text.startsWith('http') ? new URL(text) : undefined),
      }),
    ).toBe('file.BAD_ADDRESS');
    expect(await refused(`${start}/round`, ownServers)).toBe('file.UNREACHABLE');
  });

  test('stops at ten megabytes, told or untold', async () => {
    const told = await serve((_request, response) =>
      response.writeHead(200, { 'content-length': 11 * 1024 * 1024 }).end(),
    );
    const untold = await serve((_request, response) => {
      for (let i = 0; i < 11; i += 1) response.write(Buffer.alloc(1024 * 1024));
      response.end();
    });
    expect(await refused(told, ownServers)).toBe('file.TOO_LARGE');
    expect(await refused(untold, ownServers)).toBe('file.TOO_LARGE');
  });

  test('that is answered with anything but a picture’s bytes fails', async () => {
    const missing = await serve((_request, response) => response.writeHead(404).end());
    const broken = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('x');
      response.destroy();
    });
    expect(await refused(missing, ownServers)).toBe('file.UNREACHABLE');
    expect(await refused(broken, ownServers)).toBe('file.UNREACHABLE');
    expect(await refused('http://127.0.0.1:1/', ownServers)).toBe('file.UNREACHABLE');
  });

  test('ends when its caller gives up', async () => {
    const silent = await serve(() => undefined);
    await expect(fetchPicture(silent, AbortSignal.timeout(50), ownServers)).rejects.toMatchObject({
      code: 'file.UNREACHABLE',
    });
  });
});
