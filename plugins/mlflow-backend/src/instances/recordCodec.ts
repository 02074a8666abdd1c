import { V1ConfigMap } from '@kubernetes/client-node';
import { InputError } from '@backstage/errors';
import {
  DEFAULT_PERMISSIONS,
  INSTANCE_SIZES,
  LINES,
} from 'backstage-plugin-mlflow-common';
import { z } from 'zod';
import {
  INSTANCE_LABEL,
  MANAGED_BY_LABEL,
  MANAGER,
} from '../systems/kubernetes/labels';
import { InstanceRecord } from './InstanceRecord';

/** Selects the records among the ConfigMaps of the platform's namespace. */
export const RECORD_SELECTOR = `${MANAGED_BY_LABEL}=${MANAGER},${INSTANCE_LABEL}`;

const RECORD_KEY = 'record.json';

const schema: z.ZodType<InstanceRecord> = z.object({
  id: z.string(),
  platformId: z.string(),
  spec: z.object({
    name: z.string(),
    platform: z.string(),
    owner: z.string(),
    description: z.string(),
    host: z.string(),
    line: z.enum(LINES),
    size: z.enum(INSTANCE_SIZES),
    replicas: z.number(),
    defaultPermission: z.enum(DEFAULT_PERMISSIONS),
    metrics: z.boolean(),
  }),
  generation: z.number(),
  createdBy: z.string(),
  createdAt: z.string(),
  changedAt: z.string(),
  run: z.object({
    taskId: z.string(),
    action: z.literal('create'),
    state: z.enum(['running', 'failed', 'done', 'undoing', 'undone']),
    step: z.string().optional(),
    message: z.string().optional(),
    startedAt: z.string(),
    aliveAt: z.string().optional(),
    finishedAt: z.string().optional(),
  }),
  made: z.array(
    z.object({
      system: z.enum([
        'Kubernetes',
        'Helm',
        'PostgreSQL',
        'Object store',
        'Keycloak',
        'Registry',
        'Vault',
        'MLflow',
      ]),
      object: z.string(),
      id: z.string().optional(),
      step: z.string(),
      taskId: z.string(),
      at: z.string(),
    }),
  ),
  provisionedAt: z.string().optional(),
});

/** Name of the ConfigMap that holds an instance's record. */
export function recordName(name: string): string {
  return `instance-${name}`;
}

/** The ConfigMap of a record. */
export function toConfigMap(
  record: InstanceRecord,
  namespace: string,
  resourceVersion?: string,
): V1ConfigMap {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: recordName(record.spec.name),
      namespace,
      resourceVersion,
      labels: {
        [MANAGED_BY_LABEL]: MANAGER,
        [INSTANCE_LABEL]: record.spec.name,
      },
    },
    data: { [RECORD_KEY]: JSON.stringify(record, undefined, 2) },
  };
}

/**
 * The record in a ConfigMap. Another portal that has the same cluster may have
 * another key for it in its app-config; here it bears this portal's.
 *
 * @param platform - key of the platform in app-config
 * @throws InputError when it cannot be read; the text names the ConfigMap and
 * the fields
 */
export function fromConfigMap(
  configMap: V1ConfigMap,
  platform: string,
): InstanceRecord {
  const name = `${configMap.metadata?.namespace}/${configMap.metadata?.name}`;
  const parsed = schema.safeParse(parse(configMap.data?.[RECORD_KEY]));
  if (!parsed.success) {
    throw new InputError(
      `Kubernetes: ConfigMap ${name} is not a readable record of an instance (${parsed.error.issues
        .map(issue => issue.path.join('.') || 'no JSON')
        .join(', ')}). Restore it from a backup of the cluster.`,
    );
  }
  return { ...parsed.data, spec: { ...parsed.data.spec, platform } };
}

function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
