import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Paths } from './paths.ts';

/** Every secret of the sandbox; generated once, kept until `reset`. */
const NAMES = [
  'postgresSuperuser',
  'postgresProvisioner',
  'postgresBackstage',
  'postgresKeycloak',
  'minioRoot',
  'minioProvisioner',
  'keycloakAdmin',
  'keycloakAdminClient',
  'clientBackstage',
  'clientCatalog',
  'clientProvisioner',
  'portalSession',
  'userOwner',
  'userMember',
  'userOutsider',
  'userAdmin',
] as const;

export type SecretName = (typeof NAMES)[number];
export type Secrets = Record<SecretName, string>;

/** 32 characters, letters and digits: every system here takes them as they are. */
export function generateSecret(): string {
  let text = '';
  while (text.length < 32) {
    text += randomBytes(48)
      .toString('base64')
      .replace(/[^A-Za-z0-9]/g, '');
  }
  return text.slice(0, 32);
}

/** Adds what is missing and keeps what is there. */
export function completeSecrets(
  known: Partial<Record<string, string>>,
  generate: () => string = generateSecret,
): Secrets {
  const entries = NAMES.map(name => [name, known[name] ?? generate()]);
  return Object.fromEntries(entries);
}

export function loadSecrets(paths: Paths): Secrets {
  const file = join(paths.state, 'secrets.json');
  const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const secrets = completeSecrets(known);
  if (NAMES.some(name => !known[name])) {
    mkdirSync(paths.state, { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.new`, JSON.stringify(secrets, null, 2), {
      mode: 0o600,
    });
    renameSync(`${file}.new`, file);
  }
  return secrets;
}

/**
 * Tells data that was made with these secrets from older data; gives none of
 * them away. One secret stands for all, so that a new one may join them.
 */
export function fingerprint({ postgresSuperuser }: Secrets): string {
  return createHash('sha256').update(postgresSuperuser).digest('hex');
}
