import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SandboxError } from './errors.ts';
import type { Paths } from './paths.ts';

/** What adopters run to give the portal its accounts: the sandbox gives it no others. */
const shipped = ({ repo }: Pick<Paths, 'repo'>, file: string) =>
  readFileSync(join(repo, 'plugins/mlflow-backend', file), 'utf8');

/** The portal's rights in the cluster, and what confines them. */
export function kubernetesRights(paths: Pick<Paths, 'repo'>): string {
  return ['kubernetes/rbac.yaml', 'kubernetes/admission.yaml']
    .map(file => shipped(paths, file))
    .join('\n---\n');
}

/** SQL of the portal's role, without its password. */
export function postgresRole(paths: Pick<Paths, 'repo'>): string {
  return shipped(paths, 'setup/postgres.sql');
}

/** Policy of the portal's user of MinIO. */
export function minioPolicy(paths: Pick<Paths, 'repo'>): unknown {
  return JSON.parse(shipped(paths, 'setup/minio-policy.json'));
}

/** The portal's client of Keycloak, and roles of `realm-management` for its service account. */
export function keycloakClient(paths: Pick<Paths, 'repo'>): {
  content: Record<string, unknown>;
  roles: string[];
} {
  const { clients, users } = JSON.parse(shipped(paths, 'setup/keycloak.json'));
  const [content] = clients;
  const roles = users[0]?.clientRoles?.['realm-management'];
  if (typeof content?.clientId !== 'string' || !Array.isArray(roles)) {
    throw new SandboxError(
      'setup/keycloak.json names no client, or no roles of realm-management',
    );
  }
  return { content, roles };
}
