import { randomBytes } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '@internal/mlflow-sandbox/src/exec.ts';
import { ingressFolder } from '@internal/mlflow-sandbox/src/parts/certificates.ts';
import { ensureCa } from '@internal/mlflow-sandbox/src/pki.ts';
import type { Patient } from './Patient.ts';

const DAY_MS = 24 * 60 * 60_000;

/** A certificate of the instance's host. */
export interface Wanted {
  /** Days from now, also of the past. */
  from: number;
  to: number;
  /** The platform's own CA, or one that nobody trusts. */
  issuer: 'platform' | 'stranger';
}

interface Pair {
  certificate: string;
  key: string;
}

/**
 * Has the ingress controller show a certificate of this kind for the instance's
 * host. The sandbox keeps that of each host in two files, and makes a good one
 * again whenever any Ingress changes; so it is put back until it is mended.
 */
export async function showCertificate(
  patient: Patient,
  wanted: Wanted,
): Promise<void> {
  const { context, host, onMend } = patient;
  const file = join(ingressFolder(context.paths), host);
  const read = (): Pair => ({
    certificate: readFileSync(`${file}.crt`, 'utf8'),
    key: readFileSync(`${file}.key`, 'utf8'),
  });
  const write = ({ certificate, key }: Pair) => {
    replace(`${file}.key`, key);
    replace(`${file}.crt`, certificate);
  };
  const before = read();
  const pair = await makePair(patient, wanted);
  const keep = setInterval(() => {
    if (read().certificate !== pair.certificate) write(pair);
  }, 500);
  onMend(async () => {
    clearInterval(keep);
    write(before);
  });
  write(pair);
}

/** A reader never sees half a file. */
function replace(file: string, content: string): void {
  writeFileSync(`${file}.diagnose`, content, { mode: 0o600 });
  renameSync(`${file}.diagnose`, file);
}

async function makePair(
  { context, host }: Patient,
  { from, to, issuer }: Wanted,
): Promise<Pair> {
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
    await openssl(
      ...['req', '-new', '-nodes', '-newkey', 'rsa:2048'],
      ...['-keyout', file('key'), '-out', file('csr'), '-subj', `/CN=${host}`],
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
