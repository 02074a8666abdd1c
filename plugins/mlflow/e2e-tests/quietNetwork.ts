import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** How the kernel gives an interface that is new its IPv6 address. */
const MODE = '/proc/sys/net/ipv6/conf/default/addr_gen_mode';

/** It gives none. */
const NONE = '1';

/**
 * Each pod brings a network interface to this machine, and the IPv6 address that
 * it gets makes Chromium give up every HTTP/2 request and every connection under
 * way (ERR_NETWORK_CHANGED). While the tests run, what is new gets no such
 * address; nothing in the sandbox uses it.
 *
 * @returns puts it back
 */
export default function quietNetwork(): () => void {
  if (!existsSync(MODE)) {
    return () => {};
  }
  const before = readFileSync(MODE, 'utf8').trim();
  writeFileSync(MODE, NONE);
  return () => writeFileSync(MODE, before);
}
