import {
  KubernetesObject,
  V1ConfigMap,
  V1Namespace,
  V1SelfSubjectAccessReview,
} from '@kubernetes/client-node';
import {
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
  stringifyError,
} from '@backstage/errors';
import { offeredReleases } from '../releases/releases';
import { settled } from '../systems/settled';
import { ensurePlatformIdentity } from './platformIdentity';
import { Platform } from './Platform';
import { REQUIRED_RIGHTS } from './requiredRights';

const TIMEOUT_MS = 30_000;

/** One thing that a platform must have, and whether it has it. */
export interface PlatformFinding {
  /** For people, for example `PostgreSQL: the portal may make roles`. */
  check: string;
  ok: boolean;
  /** What is wrong and what to do. */
  problem?: string;
}

interface PlatformProbe {
  check: string;
  /** @throws with the system, the object and what to do */
  run(platform: Platform, signal: AbortSignal): Promise<void>;
}

/** Asked for in order to see whether the portal may ask. */
const NO_BUCKET = {
  bucket: 'mlflow-platform-check',
  user: 'mlflow-platform-check',
  mark: '',
  bytes: 0,
};

const PROBES: PlatformProbe[] = [
  {
    check: 'Kubernetes: the API server answers and the records have a place',
    async run({ kubernetes, config }, signal) {
      const name = config.kubernetes.namespace;
      const namespace = await kubernetes.get<V1Namespace>(
        { apiVersion: 'v1', kind: 'Namespace', name },
        signal,
      );
      if (!namespace) {
        throw new NotFoundError(
          `Kubernetes: namespace ${name} does not exist. Apply the plugin's RBAC file, which makes it.`,
        );
      }
      await ensurePlatformIdentity(kubernetes, name, signal);
    },
  },
  { check: 'Kubernetes: the portal has its rights', run: checkRights },
  {
    check: 'Kubernetes: the portal is confined to its own namespaces',
    run: checkConfined,
  },
  {
    check: 'Kubernetes: the ingress class exists',
    async run({ kubernetes, config }, signal) {
      const name = config.ingress.className;
      const found = await kubernetes.get<KubernetesObject>(
        { apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', name },
        signal,
      );
      if (!found) {
        throw new NotFoundError(
          `Kubernetes: there is no IngressClass ${name}. Set mlflow.platforms.${config.name}.ingress.className to one that exists.`,
        );
      }
    },
  },
  {
    check: 'Kubernetes: Traefik Middlewares can be made',
    async run({ kubernetes, config }, signal) {
      await kubernetes.get<KubernetesObject>(
        {
          apiVersion: 'traefik.io/v1alpha1',
          kind: 'Middleware',
          name: 'any',
          namespace: config.kubernetes.namespace,
        },
        signal,
      );
    },
  },
  {
    check: 'Helm: the command runs',
    run: async ({ helm }, signal) => void (await helm.version(signal)),
  },
  {
    check: 'Helm: the chart is there in each version',
    async run({ helm, config }, signal) {
      await settled(
        offeredReleases(config).map(({ chart }) =>
          helm.showChart(chart, signal),
        ),
      );
    },
  },
  {
    check: 'PostgreSQL: the portal may make roles and databases',
    run: checkPostgres,
  },
  {
    check: 'Keycloak: the realm answers under the public issuer',
    async run({ keycloak }, signal) {
      const { issuer } = await keycloak.discovery(signal);
      if (issuer !== keycloak.issuer) {
        throw new ServiceUnavailableError(
          `Keycloak: realm ${keycloak.realm} calls itself ${issuer}, not ${keycloak.issuer}. Set Keycloak's hostname to its public URL, or correct keycloak.url.`,
        );
      }
    },
  },
  {
    check: 'Keycloak: the portal may manage clients',
    run: async ({ keycloak }, signal) =>
      void (await keycloak.call(
        { what: 'list clients', role: 'manage-clients', signal },
        admin => admin.clients.find({ max: 1 }),
      )),
  },
  {
    check: 'Keycloak: the portal may manage groups',
    run: async ({ keycloak }, signal) =>
      void (await keycloak.call(
        { what: 'list groups', role: 'manage-users', signal },
        admin => admin.groups.find({ max: 1 }),
      )),
  },
  {
    check: 'Object store: the portal may look after buckets and keys',
    async run({ objectStore }, signal) {
      // Given buckets are proven one by one, when an instance asks for its own.
      if (objectStore.type !== 'given') {
        await Promise.all([
          objectStore.readBucket(NO_BUCKET, signal),
          objectStore.readAccess(NO_BUCKET, signal),
        ]);
      }
    },
  },
  {
    check: 'Secrets: their store can be used',
    run: ({ secrets, config }, signal) =>
      secrets.check(config.kubernetes.namespace, signal),
  },
  { check: 'Image: it is there or can be built', run: checkImage },
];

async function checkImage(
  { imageBuilder, registry, config }: Platform,
  signal: AbortSignal,
) {
  const lines = offeredReleases(config);
  if (config.image.mode === 'prebuilt') {
    const missing = lines.filter(({ line }) => !config.image.prebuilt[line]);
    if (missing.length > 0) {
      throw new NotFoundError(
        `Registry: mlflow.platforms.${
          config.name
        }.image.prebuilt names no image of line ${missing
          .map(({ line }) => line)
          .join(', ')}.`,
      );
    }
    return;
  }
  await registry.digestOf('platform-check', signal);
  await imageBuilder.tagOf(lines[0], signal);
}

async function checkRights(
  { kubernetes, config }: Platform,
  signal: AbortSignal,
) {
  const asked = REQUIRED_RIGHTS.flatMap(({ verbs, resource, ...right }) => {
    const [name, subresource] = resource.split('/');
    return verbs.map(verb => ({
      group: right.group,
      resource: name,
      subresource,
      verb,
      namespace: right.recordsOnly ? config.kubernetes.namespace : undefined,
    }));
  });
  const missing = await Promise.all(
    asked.map(async attributes => {
      const review = await kubernetes.create<V1SelfSubjectAccessReview>(
        {
          apiVersion: 'authorization.k8s.io/v1',
          kind: 'SelfSubjectAccessReview',
          metadata: {},
          spec: { resourceAttributes: attributes },
        },
        signal,
      );
      return review.status?.allowed
        ? []
        : [
            `${attributes.verb} ${attributes.resource}${
              attributes.subresource ? `/${attributes.subresource}` : ''
            }`,
          ];
    }),
  );
  if (missing.flat().length > 0) {
    throw new NotAllowedError(
      `Kubernetes: the portal lacks the rights to ${missing
        .flat()
        .join(', ')}. Apply the plugin's RBAC file.`,
    );
  }
}

/** Asks for something that nobody would want the portal to do. */
async function checkConfined(
  { kubernetes }: Platform,
  signal: AbortSignal,
): Promise<void> {
  const foreign: V1ConfigMap = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'mlflow-platform-check', namespace: 'default' },
  };
  const refused = await kubernetes
    .create(foreign, signal, { dryRun: true })
    .then(
      () => false,
      error => {
        if (error instanceof NotAllowedError) {
          return true;
        }
        throw error;
      },
    );
  if (!refused) {
    throw new NotAllowedError(
      "Kubernetes: the portal may write in every namespace. Apply the plugin's kubernetes/admission.yaml, which confines it to its own.",
    );
  }
}

async function checkPostgres({ postgres }: Platform, signal: AbortSignal) {
  const [role] = await postgres.session(signal, session =>
    session.query<{ name: string; may: boolean }>(
      'read the rights of the portal',
      'SELECT rolname AS name, rolsuper OR (rolcreatedb AND rolcreaterole) AS may FROM pg_roles WHERE rolname = current_user',
    ),
  );
  if (!role?.may) {
    throw new NotAllowedError(
      `PostgreSQL: role ${role?.name} may not make roles and databases. Run: ALTER ROLE "${role?.name}" CREATEDB CREATEROLE;`,
    );
  }
}

/**
 * Asks every system of a platform for what an instance will need of it, and
 * changes nothing but the platform's identity, made when there is none.
 */
export async function checkPlatform(
  platform: Platform,
  signal: AbortSignal,
): Promise<PlatformFinding[]> {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  return Promise.all(
    PROBES.map(async ({ check, run }) => {
      try {
        await run(platform, bounded);
        return { check, ok: true };
      } catch (error) {
        signal.throwIfAborted();
        const problem =
          error instanceof Error ? error.message : stringifyError(error);
        return { check, ok: false, problem };
      }
    }),
  );
}
