import { lookup as resolve, type LookupAddress } from 'node:dns';
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress, pictureUrl } from './address.rules.js';
import { fileErrors, type Reach } from './contract.js';

const MOST_REDIRECTS = 3;
const MOST_BYTES = 10 * 1024 * 1024;
/** All of it, redirects too: less than a call between contexts may take. */
const MOST_MS = 7_000;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export const openInternet: Reach = { mayReach: isPublicAddress, urlOf: pictureUrl };

/**
 * Fetches a picture's bytes from somebody else's server. The name is looked up once and that very address is connected to, so no
 * second answer of a name server counts; each redirect is checked like the first address. Raises `file.BAD_ADDRESS`,
 * `file.UNREACHABLE` and `file.TOO_LARGE`.
 */
export async function fetchPicture(text: string, signal: AbortSignal, reach: Reach = openInternet): Promise<Buffer> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(MOST_MS)]);
  let url = reach.urlOf(text);
  for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
    if (!url) throw fileErrors.BAD_ADDRESS();
    const response = await asked(url, limit, reach);
    const { statusCode = 0, headers } = response;
    if (statusCode === 200) return bytesOf(response);
    response.destroy();
    if (!REDIRECTS.has(statusCode) || !headers.location) throw fileErrors.UNREACHABLE({ status: statusCode });
    url = URL.canParse(headers.location, url.href) ? reach.urlOf(new URL(headers.location, url.href).href) : undefined;
  }
  throw fileErrors.UNREACHABLE({ status: 310 });
}

function asked(url: URL, signal: AbortSignal, reach: Reach): Promise<IncomingMessage> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // A literal address is never looked up, so it is checked here.
  if (isIP(host) !== 0 && !reach.mayReach(host)) throw fileErrors.BAD_ADDRESS();
  const options: RequestOptions = {
    signal,
    agent: false,
    lookup: checkedLookup(reach),
    headers: { accept: 'image/avif,image/webp,image/png,image/jpeg', 'user-agent': 'UltraMarket' },
    maxHeaderSize: 16 * 1024,
  };
  return new Promise((settle, fail) => {
    const sent = url.protocol === 'https:' ? httpsRequest(url, options, settle) : httpRequest(url, options, settle);
    sent
      .on('error', (error) => fail(error instanceof Refused ? fileErrors.BAD_ADDRESS() : fileErrors.UNREACHABLE()))
      .end();
  });
}

/** A name that leads inside. */
class Refused extends Error {}

/** Looks a name up and gives its addresses to the connection only when every one of them may be reached. */
const checkedLookup =
  (reach: Reach): LookupFunction =>
  (hostname, options, callback) =>
    resolve(hostname, { all: true, family: options.family }, (error, found: LookupAddress[]) => {
      const [first] = found ?? [];
      if (error || !first) return callback(error ?? new Error('no address'), '', 4);
      if (!found.every(({ address }) => reach.mayReach(address))) return callback(new Refused(), '', 4);
      return options.all ? callback(null, found) : callback(null, first.address, first.family);
    });

async function bytesOf(response: IncomingMessage): Promise<Buffer> {
  if (Number(response.headers['content-length'] ?? 0) > MOST_BYTES) {
    response.destroy();
    throw fileErrors.TOO_LARGE();
  }
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of response as AsyncIterable<Buffer>) {
      length += part.length;
      if (length > MOST_BYTES) throw fileErrors.TOO_LARGE();
      parts.push(part);
    }
  } catch (error) {
    throw length > MOST_BYTES ? error : fileErrors.UNREACHABLE();
  }
  return Buffer.concat(parts);
}
