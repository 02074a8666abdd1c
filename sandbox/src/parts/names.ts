import { lookup } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { AUTH_HOST } from '../addresses.ts';
import { SandboxError } from '../errors.ts';
import type { Part } from '../part.ts';

const resolves = () =>
  lookup(AUTH_HOST).then(
    () => true,
    () => false,
  );

/** Whether `/etc/nsswitch.conf` asks the module that answers `*.localhost`. */
export function asksMyhostname(text: string): boolean {
  return /^hosts:.*\bmyhostname\b/m.test(text);
}

function nsswitch(): string {
  try {
    return readFileSync('/etc/nsswitch.conf', 'utf8');
  } catch {
    return '';
  }
}

/** Programs of this machine (Node.js, Python) find `*.localhost` on loopback; browsers do so by themselves. */
export const names: Part = {
  name: 'names',
  needs: [],
  processes: [],
  requirements: () => [
    {
      what: 'names below .localhost for every program',
      packages: ['libnss-myhostname'],
      present: () => asksMyhostname(nsswitch()),
    },
  ],
  async start() {
    if (await resolves()) return;
    throw new SandboxError(
      `${AUTH_HOST} does not resolve although /etc/nsswitch.conf names myhostname: add "127.0.0.1 ${AUTH_HOST}" to /etc/hosts, and a line for each instance`,
    );
  },
  isUp: resolves,
  stop: async () => {},
};
