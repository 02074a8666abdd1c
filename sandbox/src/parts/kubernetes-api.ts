import {
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import {
  NODE_IP,
  PORTS,
  RECORDS_NAMESPACE,
  SERVICE_CIDR,
} from '../addresses.ts';
import { built } from '../builds/cache.ts';
import { goRequirement, kubernetesBuild } from '../builds/go.ts';
import { answers } from '../http.ts';
import {
  kubeApply,
  kubeRequest,
  requestToken,
  tokenIsGood,
} from '../kubernetes-client.ts';
import type { Context, Part } from '../part.ts';
import type { Paths } from '../paths.ts';
import { kubernetesRights } from '../portal-setup.ts';
import {
  allRunning,
  keepRunning,
  stopProcess,
  waitUntil,
} from '../processes.ts';
import { fillFile } from '../template.ts';
import { traefikCrds } from '../traefik-crds.ts';

const PROCESSES = ['etcd', 'kube-apiserver'];
const ETCD = `http://127.0.0.1:${PORTS.etcd}`;
const ETCD_PEER = `http://127.0.0.1:${PORTS.etcdPeer}`;

async function ready(paths: Paths): Promise<boolean> {
  try {
    return (await kubeRequest(paths, 'GET', '/readyz')).status === 200;
  } catch {
    return false;
  }
}

const etcd = (paths: Paths, hyperkube: string) => ({
  name: 'etcd',
  argv: [
    hyperkube,
    'etcd',
    '--data-dir',
    join(paths.data, 'etcd'),
    '--listen-client-urls',
    ETCD,
    '--advertise-client-urls',
    ETCD,
    '--listen-peer-urls',
    ETCD_PEER,
    '--initial-advertise-peer-urls',
    ETCD_PEER,
    '--initial-cluster',
    `default=${ETCD_PEER}`,
    '--unsafe-no-fsync',
    '--log-level',
    'warn',
  ],
});

const apiServer = ({ pki }: Paths, hyperkube: string) => ({
  name: 'kube-apiserver',
  argv: [
    hyperkube,
    'kube-apiserver',
    '--etcd-servers',
    ETCD,
    '--bind-address',
    NODE_IP,
    '--advertise-address',
    NODE_IP,
    '--secure-port',
    String(PORTS.kubernetes),
    '--service-cluster-ip-range',
    SERVICE_CIDR,
    '--service-node-port-range',
    '31000-32767', // the registry's port lies outside
    '--authorization-mode',
    'Node,RBAC',
    '--enable-admission-plugins',
    'NodeRestriction',
    '--tls-cert-file',
    join(pki, 'apiserver.crt'),
    '--tls-private-key-file',
    join(pki, 'apiserver.key'),
    '--client-ca-file',
    join(pki, 'ca.crt'),
    '--kubelet-client-certificate',
    join(pki, 'apiserver-kubelet-client.crt'),
    '--kubelet-client-key',
    join(pki, 'apiserver-kubelet-client.key'),
    '--kubelet-certificate-authority',
    join(pki, 'ca.crt'),
    '--kubelet-preferred-address-types',
    'InternalIP',
    '--service-account-issuer',
    'https://kubernetes.default.svc',
    '--service-account-key-file',
    join(pki, 'sa.pub'),
    '--service-account-signing-key-file',
    join(pki, 'sa.key'),
    '--endpoint-reconciler-type',
    'lease',
    '--allow-privileged',
    '--profiling=false',
  ],
  config: [statSync(join(pki, 'apiserver.crt')).mtime.toISOString()],
});

async function ensureToken({ paths }: Context) {
  const file = join(paths.state, 'token');
  if (
    existsSync(file) &&
    (await tokenIsGood(paths, readFileSync(file, 'utf8')))
  )
    return;
  writeFileSync(
    file,
    await requestToken(paths, RECORDS_NAMESPACE, 'backstage-mlflow'),
    { mode: 0o600 },
  );
}

async function start(context: Context) {
  const { paths, say } = context;
  const hyperkube = join(await built(context, kubernetesBuild), 'hyperkube');
  mkdirSync(join(paths.data, 'etcd'), { recursive: true, mode: 0o700 });
  await keepRunning(context, etcd(paths, hyperkube));
  await waitUntil(context, 'etcd', ['etcd'], () =>
    answers({ url: `${ETCD}/health` }),
  );
  await keepRunning(context, apiServer(paths, hyperkube));
  await waitUntil(context, 'Kubernetes API', PROCESSES, () => ready(paths));
  say('applying the platform objects');
  await kubeApply(
    context,
    hyperkube,
    [
      fillFile(paths, 'services.yaml'),
      kubernetesRights(paths),
      JSON.stringify(traefikCrds),
    ].join('\n---\n'),
  );
  await ensureToken(context);
}

/** etcd and the API server with the platform's objects: enough for tests of API clients. */
export const kubernetesApi: Part = {
  name: 'kubernetes-api',
  needs: ['network', 'pki'],
  processes: PROCESSES,
  listens: [
    `${NODE_IP}:${PORTS.kubernetes}`,
    `127.0.0.1:${PORTS.etcd}`,
    `127.0.0.1:${PORTS.etcdPeer}`,
  ],
  requirements: paths => goRequirement(paths, kubernetesBuild),
  prepare: async context => {
    await built(context, kubernetesBuild);
  },
  start,
  isUp: async ({ paths }) =>
    allRunning(paths, PROCESSES) &&
    existsSync(join(paths.state, 'token')) &&
    (await ready(paths)),
  async stop({ paths }) {
    await stopProcess(paths, 'kube-apiserver', { graceMs: 5_000 });
    await stopProcess(paths, 'etcd');
  },
};
