import { existsSync, mkdirSync, readlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { NODE_IP, NODE_NAME, PORTS } from '../addresses.ts';
import { built, buildFolder, isBuilt } from '../builds/cache.ts';
import { kubernetesBuild } from '../builds/go.ts';
import { kubeGet } from '../kubernetes-client.ts';
import type { Context, Part } from '../part.ts';
import type { Paths } from '../paths.ts';
import {
  allRunning,
  keepRunning,
  runningPid,
  stopProcess,
  waitUntil,
} from '../processes.ts';
import { listProcesses } from '../procfs.ts';
import type { ProcessView } from '../procfs.ts';
import { program } from '../requirements.ts';
import { attempt, unmountBelow } from '../sweep.ts';
import { fillFile } from '../template.ts';
import { writeIfChanged } from '../write-file.ts';

const PROCESSES = [
  'kube-controller-manager',
  'kube-scheduler',
  'kubelet',
  'kube-proxy',
];
/** Oldest report of a living node: it reports each 10 s, or when something changes, at least every 5 minutes. */
const REPORT_MS = 6 * 60_000;

/** Removal of the one chain that `kube-proxy --cleanup` leaves. */
const FIREWALL = [
  ['-D', 'INPUT', '-j', 'KUBE-FIREWALL'],
  ['-D', 'OUTPUT', '-j', 'KUBE-FIREWALL'],
  ['-F', 'KUBE-FIREWALL'],
  ['-X', 'KUBE-FIREWALL'],
];
const kubeletFolder = (paths: Paths) => join(paths.data, 'kubelet');

interface NodeObject {
  status?: {
    conditions?: { type: string; status: string; lastHeartbeatTime: string }[];
  };
}

/** Programs of another node on this machine: two would write each other's firewall rules. */
export function isForeignNode({ argv }: Pick<ProcessView, 'argv'>): boolean {
  return ['kubelet', 'kube-proxy', 'k3s', 'k0s', 'rke2'].includes(
    basename(argv[0] ?? ''),
  );
}

function networkNamespace(pid: number | 'self'): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/net`);
  } catch {
    return undefined;
  }
}

// a node inside a container (kind, k3d) has a network of its own and is no trouble
const foreignNodes = () =>
  listProcesses().filter(
    view =>
      isForeignNode(view) &&
      networkNamespace(view.pid) === networkNamespace('self'),
  );

/** Whether the node is Ready by a report that is not older than `since` (ms). */
export function nodeReady(
  node: NodeObject | undefined,
  since: number,
): boolean {
  const condition = node?.status?.conditions?.find(c => c.type === 'Ready');
  // the API's times have whole seconds
  return (
    condition?.status === 'True' &&
    Date.parse(condition.lastHeartbeatTime) >= since - 1_000
  );
}

async function ready(paths: Paths, since: number): Promise<boolean> {
  const [node, account] = await Promise.all([
    kubeGet<NodeObject>(paths, `/api/v1/nodes/${NODE_NAME}`),
    kubeGet(paths, '/api/v1/namespaces/default/serviceaccounts/default'),
  ]);
  return nodeReady(node, since) && account !== undefined;
}

async function start(context: Context) {
  const { paths } = context;
  const { pki } = paths;
  // a kubelet that starts now must report first: the report of a killed one is good for 40 s more
  const since =
    runningPid(paths, 'kubelet') === undefined
      ? Date.now()
      : Date.now() - REPORT_MS;
  const hyperkube = join(await built(context, kubernetesBuild), 'hyperkube');
  const config = (name: string) => {
    const text = fillFile(paths, name);
    writeIfChanged(join(paths.run, name), text);
    return { file: join(paths.run, name), text };
  };
  const kubelet = config('kubelet.yaml');
  const proxy = config('kube-proxy.yaml');
  writeIfChanged(join(paths.run, 'resolv.conf'), '');
  for (const folder of [kubeletFolder(paths), join(paths.data, 'pod-logs')]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  await Promise.all([
    keepRunning(context, {
      name: 'kube-controller-manager',
      argv: [
        hyperkube,
        'kube-controller-manager',
        '--kubeconfig',
        join(pki, 'kube-controller-manager.conf'),
        '--bind-address',
        '127.0.0.1',
        '--leader-elect=false',
        '--use-service-account-credentials',
        '--service-account-private-key-file',
        join(pki, 'sa.key'),
        '--root-ca-file',
        join(pki, 'ca.crt'),
        '--cluster-signing-cert-file',
        join(pki, 'ca.crt'),
        '--cluster-signing-key-file',
        join(pki, 'ca.key'),
        // with the default of 20 its controllers start one after the other, seconds later
        '--kube-api-qps',
        '300',
        '--kube-api-burst',
        '600',
        '--profiling=false',
      ],
    }),
    keepRunning(context, {
      name: 'kube-scheduler',
      argv: [
        hyperkube,
        'kube-scheduler',
        '--kubeconfig',
        join(pki, 'kube-scheduler.conf'),
        '--bind-address',
        '127.0.0.1',
        '--leader-elect=false',
        '--profiling=false',
      ],
    }),
    keepRunning(context, {
      name: 'kubelet',
      argv: [
        hyperkube,
        'kubelet',
        '--config',
        kubelet.file,
        '--kubeconfig',
        join(pki, 'node.conf'),
        '--hostname-override',
        NODE_NAME,
        '--node-ip',
        NODE_IP,
        '--root-dir',
        kubeletFolder(paths),
        '--cert-dir',
        join(kubeletFolder(paths), 'pki'),
        '--v',
        '2',
      ],
      config: [kubelet.text],
    }),
    keepRunning(context, {
      name: 'kube-proxy',
      argv: [hyperkube, 'kube-proxy', '--config', proxy.file],
      config: [proxy.text],
    }),
  ]);
  await waitUntil(context, 'node', PROCESSES, () => ready(paths, since));
}

async function stop(context: Context) {
  const { paths, signal } = context;
  await Promise.all(
    PROCESSES.map(name => stopProcess(paths, name, { graceMs: 5_000 })),
  );
  await unmountBelow(context, kubeletFolder(paths));
  const proxy = join(paths.run, 'kube-proxy.yaml');
  if (isBuilt(paths, kubernetesBuild) && existsSync(proxy)) {
    const hyperkube = join(buildFolder(paths, kubernetesBuild), 'hyperkube');
    await attempt(
      [hyperkube, 'kube-proxy', '--cleanup', '--config', proxy],
      signal,
    );
  }
  for (const rule of FIREWALL)
    await attempt(['iptables', '-w', ...rule], signal);
}

/** Controllers, scheduler and the one node, on top of the API server and containerd. */
export const kubernetes: Part = {
  name: 'kubernetes',
  needs: ['kubernetes-api', 'containerd'],
  processes: PROCESSES,
  listens: [`${NODE_IP}:${PORTS.kubelet}`],
  requirements: () => [
    program('conntrack', ['conntrack']),
    program('ethtool', ['ethtool']),
    program('socat', ['socat']),
    {
      what: 'a machine without another Kubernetes node (kubelet, kube-proxy, k3s, ...)',
      advice:
        'Stop the other node, or use its cluster instead: describe it in app-config.local.yaml and run ./yarnw start.',
      present: () => foreignNodes().length === 0,
    },
  ],
  start,
  isUp: async ({ paths }) =>
    allRunning(paths, PROCESSES) &&
    (await ready(paths, Date.now() - REPORT_MS)),
  stop,
};
