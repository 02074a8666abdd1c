import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AUTH_HOST, IN_CLUSTER, NODE_IP, NODE_NAME } from '../addresses.ts';
import { kubeconfig } from '../kubeconfig.ts';
import type { Context, Part } from '../part.ts';
import { ensureCa, ensureCertificate } from '../pki.ts';
import type { CertificateSpec } from '../pki.ts';
import { run } from '../exec.ts';
import { program } from '../requirements.ts';

const KUBERNETES: CertificateSpec[] = [
  {
    name: 'apiserver',
    subject: '/CN=kube-apiserver',
    usage: 'serverAuth',
    san: [
      'DNS:localhost',
      'DNS:kubernetes',
      'DNS:kubernetes.default',
      'DNS:kubernetes.default.svc',
      'DNS:kubernetes.default.svc.cluster.local',
      'IP:127.0.0.1',
      `IP:${NODE_IP}`,
      'IP:10.96.0.1',
    ],
  },
  {
    name: 'kubelet',
    subject: `/CN=${NODE_NAME}`,
    usage: 'serverAuth',
    san: [`DNS:${NODE_NAME}`, `IP:${NODE_IP}`],
  },
  {
    name: 'apiserver-kubelet-client',
    subject: '/O=system:masters/CN=kube-apiserver-kubelet-client',
    usage: 'clientAuth',
  },
  { name: 'admin', subject: '/O=system:masters/CN=admin', usage: 'clientAuth' },
  {
    name: 'node',
    subject: `/O=system:nodes/CN=system:node:${NODE_NAME}`,
    usage: 'clientAuth',
  },
  {
    name: 'kube-controller-manager',
    subject: '/CN=system:kube-controller-manager',
    usage: 'clientAuth',
  },
  {
    name: 'kube-scheduler',
    subject: '/CN=system:kube-scheduler',
    usage: 'clientAuth',
  },
  { name: 'kube-proxy', subject: '/CN=system:kube-proxy', usage: 'clientAuth' },
];

/** Users with a kubeconfig of their own. */
const KUBECONFIGS = [
  'admin',
  'node',
  'kube-controller-manager',
  'kube-scheduler',
  'kube-proxy',
];

const SERVERS: CertificateSpec[] = [
  {
    name: 'keycloak',
    subject: '/CN=keycloak',
    usage: 'serverAuth',
    san: [
      `DNS:${IN_CLUSTER.keycloak}`,
      'DNS:keycloak.keycloak.svc',
      `DNS:${AUTH_HOST}`,
      'DNS:localhost',
      'IP:127.0.0.1',
      `IP:${NODE_IP}`,
    ],
  },
  {
    name: 'postgres',
    subject: '/CN=postgres',
    usage: 'serverAuth',
    san: [
      `DNS:${IN_CLUSTER.postgres}`,
      'DNS:postgres-cluster-rw.postgres.svc',
      `IP:${NODE_IP}`,
    ],
  },
  {
    name: 'ingress',
    subject: '/CN=localhost',
    usage: 'serverAuth',
    san: ['DNS:localhost', `DNS:${AUTH_HOST}`],
  },
];

/** Where Debian keeps the roots of the whole machine. */
export const HOST_ROOTS = '/etc/ssl/certs/ca-certificates.crt';

/** What `NODE_EXTRA_CA_CERTS` already says, and the sandbox's CA after it. */
export function bundle(existing: string, ca: string): string {
  return existing.includes(ca.trim())
    ? existing
    : `${existing.trimEnd()}\n${ca}`.trimStart();
}

async function start(context: Context) {
  const { pki, tls, caCert, caBundle } = context.paths;
  await Promise.all([
    ensureCa(context, pki, 'sandbox-kubernetes'),
    ensureCa(context, tls, 'MLflow sandbox CA'),
  ]);
  await Promise.all([
    ...KUBERNETES.map(spec => ensureCertificate(context, pki, spec)),
    ...SERVERS.map(spec => ensureCertificate(context, tls, spec)),
  ]);
  for (const name of KUBECONFIGS) {
    const read = (file: string) => readFileSync(join(pki, file));
    writeFileSync(
      join(pki, `${name}.conf`),
      kubeconfig(name, read('ca.crt'), {
        certificate: read(`${name}.crt`),
        key: read(`${name}.key`),
      }),
      { mode: 0o600 },
    );
  }
  // ServiceAccount tokens are signed with a key pair of their own
  if (!existsSync(join(pki, 'sa.pub'))) {
    const { signal } = context;
    await run(
      [
        'openssl',
        'genpkey',
        '-algorithm',
        'EC',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-out',
        join(pki, 'sa.key'),
      ],
      { signal },
    );
    await run(
      [
        'openssl',
        'pkey',
        '-in',
        join(pki, 'sa.key'),
        '-pubout',
        '-out',
        join(pki, 'sa.pub'),
      ],
      { signal },
    );
  }
  copyFileSync(join(tls, 'ca.crt'), caCert);
  const extra = process.env.NODE_EXTRA_CA_CERTS;
  const known =
    extra && extra !== caBundle && existsSync(extra) ? extra : HOST_ROOTS;
  const existing = existsSync(known) ? readFileSync(known, 'utf8') : '';
  writeFileSync(caBundle, bundle(existing, readFileSync(caCert, 'utf8')));
}

/** Both CAs (Kubernetes; ingress, Keycloak and PostgreSQL) and their certificates. */
export const pki: Part = {
  name: 'pki',
  needs: [],
  processes: [],
  requirements: () => [program('openssl', ['openssl'])],
  start,
  isUp: async ({ paths }) =>
    existsSync(paths.caBundle) && existsSync(join(paths.pki, 'sa.pub')),
  stop: async () => {},
};
