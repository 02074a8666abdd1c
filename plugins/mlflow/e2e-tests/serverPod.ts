import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '@internal/mlflow-sandbox/src/exec.ts';
import { kubeGet } from '@internal/mlflow-sandbox/src/kubernetes-client.ts';
import { TestInstance } from './instances';
import { paths } from './sandbox';

/** A pod of the server, as Kubernetes has it. */
export interface ServerPod {
  metadata: { name: string; uid: string };
  spec: { containers: { image: string }[] };
  status: { phase: string; podIP?: string; reason?: string; message?: string };
}

/** All pods of an instance's server, dead ones included. */
export async function serverPods({
  names,
}: TestInstance): Promise<ServerPod[]> {
  const selector = encodeURIComponent(
    `app.kubernetes.io/instance=${names.release}`,
  );
  const list = await kubeGet<{ items: ServerPod[] }>(
    paths,
    `/api/v1/namespaces/${names.namespace}/pods?labelSelector=${selector}`,
  );
  return list?.items ?? [];
}

/** @throws Error when no server runs */
export async function runningPod(instance: TestInstance): Promise<ServerPod> {
  const pod = (await serverPods(instance)).find(
    ({ status }) => status.phase === 'Running',
  );
  if (!pod) {
    throw new Error(`Kubernetes runs no pod of ${instance.names.release}`);
  }
  return pod;
}

/** Where kubelet's groups of a version of cgroup have their figures. */
const GROUPS = [
  { root: '/sys/fs/cgroup/memory/kubepods', key: 'total_rss' },
  { root: '/sys/fs/cgroup/kubepods', key: 'anon' },
];

/** MiB that the processes of a pod hold, page cache left out. */
export function podMemory({ metadata }: ServerPod): number {
  for (const { root, key } of GROUPS) {
    for (const quality of ['burstable', '.']) {
      const file = join(root, quality, `pod${metadata.uid}`, 'memory.stat');
      if (existsSync(file)) {
        const line = readFileSync(file, 'utf8')
          .split('\n')
          .find(text => text.startsWith(`${key} `));
        return Number(line?.split(' ')[1]) / 2 ** 20;
      }
    }
  }
  throw new Error(`The kernel has no memory group of pod ${metadata.name}`);
}

/** Runs Python in the pod's server container. @returns what it printed */
export function pythonInPod(
  { names }: TestInstance,
  { metadata }: ServerPod,
  script: string,
): Promise<string> {
  return run(
    [
      'kubectl',
      `--kubeconfig=${paths.kubeconfig}`,
      `--namespace=${names.namespace}`,
      'exec',
      metadata.name,
      '--',
      'python',
      '-c',
      script,
    ],
    { signal: AbortSignal.timeout(120_000), capture: true },
  );
}
