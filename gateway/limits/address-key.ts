import { isIPv6 } from 'node:net';

/** An IPv4 address as a socket of both kinds has it. */
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** @returns what an address is counted by: itself, or the network of 64 bits that an IPv6 address lies in, which one subscriber has whole. */
export function addressKey(ip: string): string {
  const plain = MAPPED.exec(ip)?.[1] ?? ip;
  if (!isIPv6(plain)) return plain;
  // The URL parser writes every form of an address in one.
  const [bare = ''] = plain.split('%');
  const [head = '', tail] = new URL(`http://[${bare}]`).hostname.slice(1, -1).split('::');
  const groupsOf = (text: string) => text.split(':').filter((group) => group !== '');
  const [before, after] = [groupsOf(head), groupsOf(tail ?? '')];
  const zeros = Array<string>(8 - before.length - after.length).fill('0');
  return [...before, ...(tail === undefined ? [] : zeros), ...after].slice(0, 4).join(':');
}
