import { randomBytes } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '@internal/mlflow-sandbox/src/exec.ts';
import { ensureCa } from '@internal/mlflow-sandbox/src/pki.ts';
import type { KubernetesObject } from './Cluster.ts';
import type { Patient } from './Patient.ts';

const DAY_MS = 24 * 60 * 60_000;
const SECRET = 'diagnose-certificate';

/** A certificate of the instance's host. */
export interface Wanted {
  /** Days from now, also of the past. */
  from: number;
  to: number;
  /** The platform's own CA, or one that nobody trusts. */
  issuer: 'platform' | 'stranger';
}

interface Ingress extends KubernetesObject {
  spec: { tls?: { hosts: string[]; secretName?: string }[] };
}

/** Has the host's Ingress show a certificate of this kind. */
export async function showCertificate(
  patient: Patient,
  wanted: Wanted,
): Promise<void> {
  const { cluster, base, host, onMend } = patient;
  const pair = await makePair(patient, wanted);
  onMend(() => cluster.delete('secret', SECRET));
  await cluster.create({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: SECRET },
    type: 'kubernetes.io/tls',
    stringData: { 'tls.crt': pair.certificate, 'tls.key': pair.key },
  });
  const ingress = await cluster.read<Ingress>('ingress', base);
  const setTls = (tls: Ingress['spec']['tls'] | null) =>
    cluster.patch('ingress', base, { spec: { tls } });
  onMend(() => setTls(ingress?.spec.tls ?? null));
  await setTls([{ hosts: [host], secretName: SECRET }]);
}

async function makePair(
  { context, host }: Patient,
  { from, to, issuer }: Wanted,
): Promise<{ certificate: string; key: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'diagnose-certificate-'));
  const file = (name: string) => join(folder, name);
  const openssl = (...args: string[]) =>
    run(['openssl', ...args], { signal: context.signal, capture: true });
  try {
    const ca = issuer === 'platform' ? context.paths.tls : file('stranger');
    if (issuer === 'stranger') {
      mkdirSync(ca);
      await ensureCa(context, ca, 'A CA that nobody trusts');
    }
    writeFileSync(file('index.txt'), '');
    writeFileSync(file('serial'), randomBytes(8).toString('hex'));
    writeFileSync(file('openssl.cnf'), configOf({ folder, ca, host }));
    // The sandbox gives each host a certificate. Of two for one name Traefik takes
    // either, but this one by its dot, which counts for the order alone.
    await openssl(
      ...['req', '-new', '-nodes', '-newkey', 'rsa:2048'],
      ...['-keyout', file('key'), '-out', file('csr'), '-subj', `/CN=${host}.`],
    );
    await openssl(
      ...['ca', '-batch', '-notext'],
      ...['-config', file('openssl.cnf')],
      ...['-startdate', asn1(from), '-enddate', asn1(to)],
      ...['-in', file('csr'), '-out', file('crt')],
    );
    return {
      certificate: readFileSync(file('crt'), 'utf8'),
      key: readFileSync(file('key'), 'utf8'),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** `20260102030405Z` */
function asn1(days: number): string {
  const at = new Date(Date.now() + days * DAY_MS).toISOString();
  return `${at.replace(/[-:T]/g, '').slice(0, 14)}Z`;
}

function configOf(of: { folder: string; ca: string; host: string }): string {
  return `
[ca]
default_ca = issuer
[issuer]
database = ${of.folder}/index.txt
serial = ${of.folder}/serial
new_certs_dir = ${of.folder}
certificate = ${of.ca}/ca.crt
private_key = ${of.ca}/ca.key
default_md = sha256
policy = names
x509_extensions = server
[names]
commonName = supplied
[server]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature,keyEncipherment
extendedKeyUsage = serverAuth
subjectAltName = DNS:${of.host}
`;
}
