import { X509Certificate } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { run } from './exec.ts';
import type { Context } from './part.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** A certificate to be made: who it is for, and for which use. */
export interface CertificateSpec {
  name: string;
  /** OpenSSL form, such as `/O=system:masters/CN=admin`. */
  subject: string;
  usage: 'serverAuth' | 'clientAuth';
  /** Names and addresses, in OpenSSL's form `DNS:a`, `IP:1.2.3.4`. */
  san?: string[];
}

/** OpenSSL's extension file for a certificate. */
export function extensions(spec: CertificateSpec): string {
  const lines = [
    'basicConstraints=critical,CA:FALSE',
    'keyUsage=critical,digitalSignature',
    `extendedKeyUsage=${spec.usage}`,
    'authorityKeyIdentifier=keyid',
  ];
  if (spec.san?.length) lines.push(`subjectAltName=${spec.san.join(',')}`);
  return `${lines.join('\n')}\n`;
}

/** Whether a certificate still serves: for 30 days more, and for exactly these names. */
export function stillServes(
  certificate: { validTo: string; subjectAltName: string | undefined },
  san: readonly string[],
  now = Date.now(),
): boolean {
  const names = (certificate.subjectAltName ?? '')
    .split(', ')
    .filter(Boolean)
    .map(name => name.replace(/^IP Address:/, 'IP:'));
  return (
    Date.parse(certificate.validTo) - now > 30 * DAY_MS &&
    names.length === san.length &&
    san.every(name => names.includes(name))
  );
}

async function makeKey(context: Context, file: string) {
  if (existsSync(file)) return;
  const pem = await run(
    [
      'openssl',
      'genpkey',
      '-algorithm',
      'EC',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
    ],
    {
      signal: context.signal,
      capture: true,
    },
  );
  writeFileSync(file, pem, { mode: 0o600 });
}

/** Makes a CA in a folder (`ca.key`, `ca.crt`) unless it has one. */
export async function ensureCa(
  context: Context,
  folder: string,
  commonName: string,
) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const key = join(folder, 'ca.key');
  const crt = join(folder, 'ca.crt');
  if (existsSync(crt)) return;
  await makeKey(context, key);
  const pem = await run(
    [
      'openssl',
      'req',
      '-x509',
      '-new',
      '-key',
      key,
      '-days',
      '3650',
      '-subj',
      `/CN=${commonName}`,
      '-addext',
      'basicConstraints=critical,CA:TRUE',
      '-addext',
      'keyUsage=critical,keyCertSign,cRLSign',
    ],
    { signal: context.signal, capture: true },
  );
  writeFileSync(crt, pem);
}

/** Makes `<name>.key` and `<name>.crt` from the folder's CA, unless a good one is there. */
export async function ensureCertificate(
  context: Context,
  folder: string,
  spec: CertificateSpec,
) {
  const key = join(folder, `${spec.name}.key`);
  const crt = join(folder, `${spec.name}.crt`);
  if (
    existsSync(crt) &&
    stillServes(new X509Certificate(readFileSync(crt)), spec.san ?? [])
  )
    return;
  await makeKey(context, key);
  const csr = join(folder, `${spec.name}.csr`);
  const ext = join(folder, `${spec.name}.ext`);
  const { signal } = context;
  try {
    writeFileSync(ext, extensions(spec));
    await run(
      [
        'openssl',
        'req',
        '-new',
        '-key',
        key,
        '-subj',
        spec.subject,
        '-out',
        csr,
      ],
      { signal },
    );
    const pem = await run(
      [
        'openssl',
        'x509',
        '-req',
        '-in',
        csr,
        '-CA',
        join(folder, 'ca.crt'),
        '-CAkey',
        join(folder, 'ca.key'),
        '-days',
        '800',
        '-extfile',
        ext,
      ],
      { signal, capture: true },
    );
    writeFileSync(crt, pem);
  } finally {
    rmSync(csr, { force: true });
    rmSync(ext, { force: true });
  }
}
