import { V1ConfigMap, V1Namespace } from '@kubernetes/client-node';
import { ConflictError } from '@backstage/errors';
import { CA_CONFIG_MAP } from '../releases/values';
import { trustedCertificates } from '../systems/http';
import {
  foreignOwner,
  markedMetadata,
  markOf,
} from '../systems/kubernetes/marks';
import { foundMark } from './marks';
import { Instance, isWanted, Step, StepContext } from './Step';
import { settled } from '../systems/settled';

/** Pod Security: nothing in the namespace may run as root or write its root. */
const POD_SECURITY = {
  'pod-security.kubernetes.io/enforce': 'restricted',
  'pod-security.kubernetes.io/warn': 'restricted',
};

/** What exists of the namespace. */
export interface NamespaceObserved {
  namespace?: V1Namespace;
  certificates?: string;
  /** What `certificates` ought to be. */
  wantedCertificates: string;
}

/** The instance's namespace, and in it the certificates that its pods trust. */
export const namespaceStep: Step<NamespaceObserved> = {
  name: 'namespace',

  async observe(ctx) {
    const { instance, platform, signal } = ctx;
    const name = instance.names.namespace;
    const [namespace, configMap] = await settled([
      readNamespace(ctx),
      platform.kubernetes.get<V1ConfigMap>(
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          name: CA_CONFIG_MAP,
          namespace: name,
        },
        signal,
      ),
    ]);
    return {
      namespace,
      certificates: configMap?.data?.['ca.crt'],
      wantedCertificates: trustedCertificates(platform.config.ca ?? '').join(
        '\n',
      ),
    };
  },

  plan(instance, observed) {
    const system = 'Kubernetes';
    const object = `namespace ${instance.names.namespace}`;
    const certificates = {
      system,
      object: `ConfigMap ${CA_CONFIG_MAP}`,
    } as const;
    const { namespace } = observed;
    if (!namespace) {
      return [
        { system, object, action: 'create' },
        { ...certificates, action: 'create' },
      ];
    }
    if (namespace.status?.phase === 'Terminating') {
      const detail = 'it is still being deleted; run again in a minute';
      const found = 'terminating';
      return [{ system, object, action: 'conflict', detail, found }];
    }
    if (markOf(namespace) !== instance.mark) {
      const detail = foreignOwner(namespace);
      const found = foundMark(markOf(namespace));
      return [{ system, object, action: 'conflict', detail, found }];
    }
    const missing = Object.entries(POD_SECURITY)
      .filter(([key, value]) => namespace.metadata?.labels?.[key] !== value)
      .map(([key]) => key);
    return [
      missing.length > 0
        ? { system, object, action: 'update', detail: missing.join(', ') }
        : { system, object, action: 'keep' },
      {
        ...certificates,
        action: certificateAction(observed),
      },
    ];
  },

  async apply(ctx, { changes }) {
    const { instance, platform, signal } = ctx;
    if (changes.every(change => change.action === 'keep')) {
      return;
    }
    await assertOurs(ctx);
    const metadata = markedMetadata(instance, instance.names.namespace);
    await platform.kubernetes.apply<V1Namespace>(
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          ...metadata,
          labels: { ...metadata.labels, ...POD_SECURITY },
        },
      },
      { signal },
    );
    await platform.kubernetes.apply<V1ConfigMap>(
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: markedMetadata(
          instance,
          CA_CONFIG_MAP,
          instance.names.namespace,
        ),
        data: {
          'ca.crt': trustedCertificates(platform.config.ca ?? '').join('\n'),
        },
      },
      { signal },
    );
  },

  /** The certificates go with the namespace; undone alone, they do no harm. */
  async remove(ctx, options) {
    const { instance, platform, signal } = ctx;
    const object = `namespace ${instance.names.namespace}`;
    if (!isWanted(options, object)) {
      return [];
    }
    const found = await readNamespace(ctx);
    if (!found) {
      return [{ system: 'Kubernetes', object, result: 'absent' }];
    }
    if (markOf(found) !== instance.mark) {
      const detail = foreignOwner(found);
      return [{ system: 'Kubernetes', object, result: 'kept', detail }];
    }
    const result = await platform.kubernetes.delete(keyOf(instance), {
      uid: found.metadata?.uid,
      signal,
    });
    return [{ system: 'Kubernetes', object, result }];
  },
};

/** What a step needs in order to look at the instance's namespace. */
type NamespaceContext = Pick<StepContext, 'instance' | 'signal'> & {
  platform: Pick<StepContext['platform'], 'kubernetes'>;
};

function keyOf({ names }: Instance) {
  return { apiVersion: 'v1', kind: 'Namespace', name: names.namespace };
}

/** The namespace of the instance's name, whosever it is; undefined without one. */
export function readNamespace({
  instance,
  platform,
  signal,
}: NamespaceContext): Promise<V1Namespace | undefined> {
  return platform.kubernetes.get<V1Namespace>(keyOf(instance), signal);
}

function certificateAction({
  certificates,
  wantedCertificates,
}: NamespaceObserved): 'create' | 'update' | 'keep' {
  if (certificates === undefined) {
    return 'create';
  }
  return certificates === wantedCertificates ? 'keep' : 'update';
}

/** Between plan and apply somebody else may have made the namespace. */
async function assertOurs(ctx: NamespaceContext) {
  const { instance } = ctx;
  const found = await readNamespace(ctx);
  if (found && markOf(found) !== instance.mark) {
    throw new ConflictError(
      `Kubernetes: namespace ${
        instance.names.namespace
      } is not ours: ${foreignOwner(found)}. Choose another name.`,
    );
  }
}

/**
 * Steps that work inside the namespace call this first.
 *
 * @throws ConflictError when the namespace is missing or another's
 */
export async function requireNamespace(ctx: NamespaceContext): Promise<void> {
  const { instance } = ctx;
  const found = await readNamespace(ctx);
  if (!found || markOf(found) !== instance.mark) {
    throw new ConflictError(
      `Kubernetes: namespace ${instance.names.namespace} ${
        found ? `is not ours: ${foreignOwner(found)}` : 'does not exist'
      }. Run mlflow:namespace:ensure first.`,
    );
  }
}
