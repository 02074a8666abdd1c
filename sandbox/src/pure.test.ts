import { createCipheriv, createDecipheriv, pbkdf2Sync } from 'node:crypto';
import { addresses } from './addresses.ts';
import { buildKey } from './builds/cache.ts';
import { kubernetesLdflags, moduleVersion } from './builds/go.ts';
import { GROUPS, USERS, userContent } from './keycloak-realm.ts';
import { encryptForMinio } from './minio-admin.ts';
import { isForeign } from './owner.ts';
import { nodeReady, isForeignNode } from './parts/kubernetes.ts';
import { asksMyhostname } from './parts/names.ts';
import { bundle } from './parts/pki.ts';
import { findRepo, resolvePaths } from './paths.ts';
import { extensions, stillServes } from './pki.ts';
import { conflicts } from './ports.ts';
import {
  keycloakClient,
  kubernetesRights,
  minioPolicy,
  postgresRole,
} from './portal-setup.ts';
import { databaseSql } from './postgres-sql.ts';
import { fingerprint } from './processes.ts';
import { progressLine } from './progress.ts';
import { missingMessage } from './requirements.ts';
import { completeSecrets } from './secrets.ts';
import { fill } from './template.ts';
import { dynamicConfig, staticConfig } from './traefik-config.ts';

const paths = resolvePaths({ HOME: '/h' }, '/repo');
const repo = findRepo({}, process.cwd());

/** What authenticates the stream's empty header: the tag of nothing at number 0. */
function emptyTag(key: Buffer, nonce: Buffer): Buffer {
  const cipher = createCipheriv(
    'aes-256-gcm',
    key,
    Buffer.concat([nonce, Buffer.alloc(4)]),
  );
  cipher.final();
  return cipher.getAuthTag();
}

test('paths follow the XDG folders', () => {
  const moved = resolvePaths(
    { HOME: '/h', XDG_STATE_HOME: '/s', XDG_CACHE_HOME: '/c' },
    '/repo',
  );
  expect(moved.state).toBe('/s/backstage-mlflow-sandbox');
  expect(moved.cache).toBe('/c/backstage-mlflow-sandbox');
  expect(paths.state).toBe('/h/.local/state/backstage-mlflow-sandbox');
});

test('a template with a name that has no value is refused', () => {
  expect(fill('a @B@ c@d.e', { B: '1' })).toBe('a 1 c@d.e');
  expect(() => fill('@NOPE@', {})).toThrow('@NOPE@');
});

test('missing things are one message with one apt line', () => {
  const present = () => false;
  const text = missingMessage([
    { what: 'runc', packages: ['runc'], present },
    { what: 'docker', packages: ['docker.io'], present },
    { what: 'go', advice: 'Go comes from go.dev', present },
  ]);
  expect(text.match(/apt-get install/g)).toHaveLength(1);
  expect(text).toContain('docker.io runc');
  expect(text).toContain('Go comes from go.dev');
});

test('a build is named by its inputs', () => {
  expect(buildKey('x', ['1'])).toBe(buildKey('x', ['1']));
  expect(buildKey('x', ['1'])).not.toBe(buildKey('x', ['2']));
});

test('versions for the linker come from go.mod', () => {
  const goMod = [
    'require (',
    '\tk8s.io/kubernetes v1.34.4',
    '\thelm.sh/helm/v3 v3.19.5',
    '\tgithub.com/coredns/coredns v1.12.4',
    ')',
  ].join('\n');
  expect(moduleVersion(goMod, 'k8s.io/kubernetes')).toBe('v1.34.4');
  expect(moduleVersion('require a.b/c v1.0.0', 'a.b/c')).toBe('v1.0.0');
  expect(kubernetesLdflags(goMod)).toContain('gitMinor=34');
  expect(() => moduleVersion(goMod, 'x')).toThrow('x is not in go.mod');
});

test('a changed setting changes the fingerprint of a process', () => {
  const spec = { name: 'a', argv: ['a', '1'], config: ['x'] };
  expect(fingerprint({ ...spec })).toBe(fingerprint(spec));
  expect(fingerprint({ ...spec, config: ['y'] })).not.toBe(fingerprint(spec));
  expect(fingerprint({ ...spec, env: { A: '1' } })).not.toBe(fingerprint(spec));
});

test('a port is taken by its address or by a listener on all addresses', () => {
  expect(
    conflicts(
      ['127.0.0.1:443', '127.0.0.1:80'],
      ['0.0.0.0:80', '10.0.0.1:443'],
    ),
  ).toEqual(['127.0.0.1:80']);
});

test('certificates serve while they last and name exactly what is wanted', () => {
  const now = Date.parse('2026-01-01');
  const good = {
    validTo: 'Jan  1 00:00:00 2027 GMT',
    subjectAltName: 'DNS:a, IP Address:1.2.3.4',
  };
  expect(stillServes(good, ['DNS:a', 'IP:1.2.3.4'], now)).toBe(true);
  expect(stillServes(good, ['DNS:a'], now)).toBe(false);
  expect(
    stillServes(
      { ...good, validTo: 'Jan 15 00:00:00 2026 GMT' },
      ['DNS:a', 'IP:1.2.3.4'],
      now,
    ),
  ).toBe(false);
  expect(
    extensions({
      name: 'x',
      subject: '/CN=x',
      usage: 'serverAuth',
      san: ['DNS:a'],
    }),
  ).toContain('subjectAltName=DNS:a');
});

test('the CA bundle keeps what was there and has the CA once', () => {
  expect(bundle('ROOTS\n', 'CA\n')).toBe('ROOTS\nCA\n');
  expect(bundle('ROOTS\nCA\n', 'CA\n')).toBe('ROOTS\nCA\n');
});

test('the provisioner of PostgreSQL is no superuser, and quotes in a password stay inside', () => {
  const sql = databaseSql(
    { ...completeSecrets({}), postgresProvisioner: "a'b" },
    postgresRole({ repo }),
  );
  expect(sql).toMatch(
    /^ALTER ROLE mlflow_provisioner LOGIN CREATEDB CREATEROLE;$/m,
  );
  expect(sql).toContain("ALTER ROLE mlflow_provisioner PASSWORD 'a''b';");
});

test('the demo organisation has roles with whole profiles in groups that exist', () => {
  for (const { role, group } of USERS) {
    expect(GROUPS).toContain(group);
    expect(userContent(role)).toMatchObject({
      email: `${role}@example.com`,
      lastName: 'Role',
      requiredActions: [],
    });
  }
});

test('the portal gets the accounts that adopters give it, and no others', () => {
  expect(keycloakClient({ repo })).toMatchObject({
    content: { clientId: 'mlflow-provisioner', standardFlowEnabled: false },
    roles: ['manage-clients', 'manage-users'],
  });
  expect(JSON.stringify(minioPolicy({ repo }))).not.toContain('admin:*');
  expect(kubernetesRights({ repo })).toContain(
    'kind: ValidatingAdmissionPolicyBinding',
  );
});

test('MinIO can read what is encrypted for it', () => {
  const salt = Buffer.alloc(32, 1);
  const nonce = Buffer.alloc(8, 2);
  const plain = Buffer.alloc(20_000, 'x');
  const sealed = encryptForMinio('password', plain, salt, nonce);
  expect(sealed[32]).toBe(2);
  const key = pbkdf2Sync('password', salt, 8192, 32, 'sha256');
  const open = (
    sequence: number,
    data: Buffer,
    flag: number,
    header: Buffer,
  ) => {
    const full = Buffer.alloc(12);
    nonce.copy(full);
    full.writeUInt32LE(sequence, 8);
    const decipher = createDecipheriv('aes-256-gcm', key, full);
    decipher.setAAD(Buffer.concat([Buffer.from([flag]), header]));
    decipher.setAuthTag(data.subarray(-16));
    return Buffer.concat([
      decipher.update(data.subarray(0, -16)),
      decipher.final(),
    ]);
  };
  const body = sealed.subarray(41);
  const first = body.subarray(0, (1 << 14) + 16);
  const empty = emptyTag(key, nonce);
  expect(
    Buffer.concat([
      open(1, first, 0, empty),
      open(2, body.subarray(first.length), 0x80, empty),
    ]),
  ).toEqual(plain);
});

test('another checkout or another state folder is foreign', () => {
  const mine = { repo: paths.repo, state: paths.state };
  expect(isForeign(undefined, paths)).toBe(false);
  expect(isForeign(mine, paths)).toBe(false);
  expect(isForeign({ ...mine, repo: '/other' }, paths)).toBe(true);
  expect(isForeign({ ...mine, state: '/other' }, paths)).toBe(true);
});

test('the report of a killed node does not count', () => {
  const node = {
    status: {
      conditions: [
        {
          type: 'Ready',
          status: 'True',
          lastHeartbeatTime: '2026-01-01T00:00:10Z',
        },
      ],
    },
  };
  expect(nodeReady(node, Date.parse('2026-01-01T00:00:10.500Z'))).toBe(true);
  expect(nodeReady(node, Date.parse('2026-01-01T00:00:12Z'))).toBe(false);
  expect(nodeReady(undefined, 0)).toBe(false);
});

test('another node on this machine is recognised, ours is not taken for one', () => {
  expect(isForeignNode({ argv: ['/usr/bin/kubelet', '--x'] })).toBe(true);
  expect(isForeignNode({ argv: ['/cache/hyperkube', 'kubelet'] })).toBe(false);
});

test('nsswitch.conf asks for *.localhost only when its line for hosts says so', () => {
  expect(asksMyhostname('passwd: files\nhosts: files myhostname dns\n')).toBe(
    true,
  );
  expect(asksMyhostname('hosts: files dns\nnetworks: myhostname\n')).toBe(
    false,
  );
});

test('Traefik passes the other addresses on to the one entry point that Ingresses name', () => {
  const { entryPoints } = staticConfig(paths, '/x');
  expect(entryPoints.websecure.address).toBe('127.0.0.1:443');
  const { tcp } = dynamicConfig(paths);
  expect(tcp.routers.tls).toMatchObject({
    entryPoints: ['websecure6', 'bridge'],
    tls: { passthrough: true },
  });
  expect(tcp.services.websecure.loadBalancer.servers).toEqual([
    { address: '127.0.0.1:443' },
  ]);
});

test('addresses stay on loopback and the bridge', () => {
  const hosts = JSON.stringify(addresses()).match(/\d+\.\d+\.\d+\.\d+/g) ?? [];
  expect(new Set(hosts)).toEqual(new Set(['10.244.0.1', '127.0.0.1']));
});

test('a progress line has time, part and state', () => {
  expect(progressLine(12_345, 'keycloak', 'ready')).toBe(
    ' 12.3s  keycloak        ready',
  );
});
