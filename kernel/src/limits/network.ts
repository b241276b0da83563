import { isIPv6 } from 'node:net';

/** The eight groups of an IPv6 address, each as four digits. */
function groups(ip: string): string[] {
  const [head = '', tail] = ip.split('%')[0]!.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const filled =
    tail === undefined
      ? left
      : [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return filled.map((group) => group.toLowerCase().padStart(4, '0'));
}

/**
 * The network a caller is counted by: an IPv4 address itself, of an IPv6 address the first 64 bits. One household
 * commands 2^64 addresses of its network and could otherwise begin anew with every request.
 */
export function networkOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped !== undefined) return mapped;
  return isIPv6(ip) ? groups(ip).slice(0, 4).join(':') : ip;
}
