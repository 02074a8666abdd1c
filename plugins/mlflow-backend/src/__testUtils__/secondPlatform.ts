import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { KubernetesObject, V1Secret } from '@kubernetes/client-node';
import { parseAllDocuments } from 'yaml';
import { PlatformConfig } from '../platform/config';
import { clusterAdmin } from './clusterAdmin';
import { eventually } from './eventually';
import { sandboxPlatformConfig } from './sandbox';

const RBAC = path.join(__dirname, '../../kubernetes/rbac.yaml');

/** Objects that the RBAC file makes, under another name. */
function rightsFor(name: string): KubernetesObject[] {
  const text = readFileSync(RBAC, 'utf8').replace(/backstage-mlflow/g, name);
  return parseAllDocuments(text).map(document => document.toJS());
}

/**
 * Another portal's platform on the sandbox's systems: an account, records and an
 * identity of its own, and the same Keycloak, PostgreSQL and object store.
 *
 * @param key - of the platform in app-config
 */
export async function secondPlatform(
  key: string,
): Promise<{ config: PlatformConfig; remove(): Promise<void> }> {
  const admin = clusterAdmin();
  const name = `backstage-mlflow-${randomBytes(4).toString('hex')}`;
  const rights = rightsFor(name);
  for (const object of rights) {
    await admin.apply(object);
  }
  const token = await tokenOf(name);
  const config = sandboxPlatformConfig();
  return {
    config: {
      ...config,
      name: key,
      kubernetes: { ...config.kubernetes, token, namespace: name },
    },
    async remove() {
      for (const { apiVersion = '', kind = '', metadata } of rights) {
        await admin.delete({
          apiVersion,
          kind,
          name: metadata?.name ?? '',
          namespace: metadata?.namespace,
        });
      }
    },
  };
}

async function tokenOf(account: string): Promise<string> {
  const admin = clusterAdmin();
  const secret: V1Secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'token',
      namespace: account,
      annotations: { 'kubernetes.io/service-account.name': account },
    },
    type: 'kubernetes.io/service-account-token',
  };
  await admin.create(secret);
  let token = '';
  await eventually('the account has a token', async () => {
    const found = await admin.get<V1Secret>({
      apiVersion: 'v1',
      kind: 'Secret',
      name: 'token',
      namespace: account,
    });
    token = Buffer.from(found?.data?.token ?? '', 'base64').toString();
    return token !== '';
  });
  return token;
}
