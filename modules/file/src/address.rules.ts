import { BlockList, isIP } from 'node:net';

/** Addresses that belong to somebody's inside, to this machine, or to nobody (RFC 6890 and what clouds put beside it). */
const INSIDE: readonly (readonly [string, number, 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
];
const inside = new BlockList();
for (const [network, prefix, family] of INSIDE) inside.addSubnet(network, prefix, family);
/** Of IPv6 only what is given out to the whole world counts as outside, and of that not what wraps an IPv4 address or stands in examples. */
const outside = new BlockList();
outside.addSubnet('2000::', 3, 'ipv6');
const wrapped = new BlockList();
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  wrapped.addSubnet(network, prefix, 'ipv6');

/** True for an address of the open internet. Anything that is not surely one is not. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !inside.check(address, 'ipv4');
  return family === 6 && !address.includes('%') && outside.check(address, 'ipv6') && !wrapped.check(address, 'ipv6');
}

/** The address of a picture as it may be asked for: http or https, a usual port, no name and password. Undefined for any other. */
export function pictureUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const usual = url.port === '' && (url.protocol === 'https:' || url.protocol === 'http:');
  return usual && url.username === '' && url.password === '' && url.hostname !== '' ? url : undefined;
}
