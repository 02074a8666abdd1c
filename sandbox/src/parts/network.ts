import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { BRIDGE, NODE_IP } from '../addresses.ts';
import { run, succeeds } from '../exec.ts';
import type { Context, Part } from '../part.ts';
import { program } from '../requirements.ts';

const SYSCTLS: [string, string][] = [
  ['net/ipv4/ip_forward', '1'],
  ['net/bridge/bridge-nf-call-iptables', '1'],
];

/** Rules of the FORWARD chain, the first one on top. */
const RULES = [
  // a dockerd of the machine sets the chain's policy to DROP; traffic from pod to pod through a Service passes it
  ['-i', BRIDGE, '-o', BRIDGE, '-j', 'ACCEPT'],
  // nothing that a pod sends leaves this machine
  ['-i', BRIDGE, '!', '-o', BRIDGE, '-j', 'REJECT'],
];

const iptables = (...rule: string[]) => ['iptables', '-w', ...rule];
const sysctlFile = (name: string) => `/proc/sys/${name}`;

async function start(context: Context) {
  const { signal } = context;
  const ip = (...args: string[]) => run(['ip', ...args], { signal });
  if (!existsSync(sysctlFile('net/bridge')))
    await run(['modprobe', 'br_netfilter'], { signal });
  for (const [name, value] of SYSCTLS) writeFileSync(sysctlFile(name), value);
  if (!existsSync(`/sys/class/net/${BRIDGE}`))
    await ip('link', 'add', BRIDGE, 'type', 'bridge');
  await ip('addr', 'replace', `${NODE_IP}/24`, 'dev', BRIDGE);
  await ip('link', 'set', BRIDGE, 'up');
  // a bridge without a port has no carrier; a veth pair gives it one
  if (!existsSync(`/sys/class/net/${BRIDGE}-up`)) {
    await ip(
      'link',
      'add',
      `${BRIDGE}-up`,
      'type',
      'veth',
      'peer',
      'name',
      `${BRIDGE}-peer`,
    );
  }
  await ip('link', 'set', `${BRIDGE}-up`, 'master', BRIDGE, 'up');
  await ip('link', 'set', `${BRIDGE}-peer`, 'up');
  writeFileSync(sysctlFile(`net/ipv4/conf/${BRIDGE}/route_localnet`), '1');
  for (const [index, rule] of RULES.entries()) {
    if (await succeeds(iptables('-C', 'FORWARD', ...rule), signal)) continue;
    await run(iptables('-I', 'FORWARD', String(index + 1), ...rule), {
      signal,
    });
  }
}

async function isUp({ signal }: Context) {
  const addresses = networkInterfaces()[BRIDGE] ?? [];
  if (!addresses.some(a => a.address === NODE_IP)) return false;
  if (readFileSync(sysctlFile('net/ipv4/ip_forward'), 'utf8').trim() !== '1')
    return false;
  const rules = await Promise.all(
    RULES.map(rule => succeeds(iptables('-C', 'FORWARD', ...rule), signal)),
  );
  return rules.every(Boolean);
}

async function stop({ signal }: Context) {
  for (const rule of RULES) {
    while (await succeeds(iptables('-D', 'FORWARD', ...rule), signal));
  }
  for (const link of [`${BRIDGE}-up`, BRIDGE]) {
    if (existsSync(`/sys/class/net/${link}`))
      await succeeds(['ip', 'link', 'del', link], signal);
  }
}

/** The bridge that is the node's network: its address is the node's, pods are its ports. */
export const network: Part = {
  name: 'network',
  needs: [],
  processes: [],
  requirements: () => [
    program('ip', ['iproute2']),
    program('iptables', ['iptables']),
    program('modprobe', ['kmod']),
  ],
  start,
  isUp,
  stop,
};
