import { instanceUrls, SIZES } from 'backstage-plugin-mlflow-common';
import { INSTANCE_LABEL } from '../systems/kubernetes/labels';
import { PlatformConfig } from '../platform/config';
import { Instance } from '../steps/Step';
import { HelmValue, HelmValues } from '../systems/helm/values';
import { CA_BUNDLE_PATH, MLFLOW_PORT, ReleaseInput } from './Release';

/** ConfigMap of the instance's namespace with the trusted certificates. */
export const CA_CONFIG_MAP = 'platform-ca';

/** Traefik Middleware that sets the forwarded headers. */
export const HEADERS_MIDDLEWARE = 'mlflow-headers';

/** Annotation of the pods: another value lets them start anew. */
export const SECRETS_ANNOTATION = 'mlflow.org/secrets';

/** uid and gid of the MLflow images. */
const USER = 1001;

/** Where the server tells its metrics; nobody has to log in there. */
export const METRICS_PATH = '/metrics';

/** Folder in which the workers of a server gather their metrics. */
const METRICS_FOLDER = '/mlflow/metrics';

/** Name of the instance's Service, whatever the domain of the cluster. */
export function serviceHost({ names }: Instance): string {
  return `${names.release}.${names.namespace}.svc`;
}

/**
 * `Host` headers that MLflow accepts: the public name, and its Service as pods
 * call it. The match is on the whole header, port included. Patterns that end
 * open have no place here: `x.svc*` would also accept `x.svc.example.com`, which
 * anybody may let lead here. Below the Service's own name nobody else has names.
 */
export function allowedHosts(instance: Instance): string[] {
  const { release, namespace } = instance.names;
  const { host, metrics, replicas } = instance.spec;
  const service = `${release}.${namespace}`;
  return [
    host,
    `${host}:443`,
    ...[`${service}.svc.cluster.local`, `${service}.svc`].flatMap(name => [
      name,
      `${name}:${MLFLOW_PORT}`,
    ]),
    `${service}:${MLFLOW_PORT}`,
    `${release}:${MLFLOW_PORT}`,
    // Prometheus calls each of several servers by its own name.
    ...(metrics && replicas > 1
      ? [`*.${serviceHost(instance)}:${MLFLOW_PORT}`]
      : []),
  ];
}

/** Arguments of the server that both lines know. */
export function commonArguments({ spec }: Instance): Record<string, string> {
  return {
    workers: String(SIZES[spec.size].workers),
    // The chart would do so only together with its own ServiceMonitor.
    ...(spec.metrics && { exposePrometheus: METRICS_FOLDER }),
  };
}

/** The issuer that tokens carry: Keycloak as a browser reaches it. */
export function issuerOf({ keycloak }: PlatformConfig): string {
  return `${keycloak.url.replace(/\/$/, '')}/realms/${keycloak.realm}`;
}

/** Where pods read Keycloak's endpoints, preferably without leaving the cluster. */
export function discoveryUrlOf({ keycloak }: PlatformConfig): string {
  const base = (keycloak.inCluster?.url ?? keycloak.url).replace(/\/$/, '');
  return `${base}/realms/${keycloak.realm}/.well-known/openid-configuration`;
}

/** Settings that both lines of mlflow-oidc-auth know. */
export function commonEnvironment({
  instance,
  platform,
}: ReleaseInput): Record<string, string> {
  const { names, spec } = instance;
  const urls = instanceUrls(spec);
  return {
    MLFLOW_S3_ENDPOINT_URL:
      platform.objectStore.inCluster?.endpoint ?? platform.objectStore.endpoint,
    AWS_DEFAULT_REGION: platform.objectStore.region,
    MLFLOW_SERVER_CORS_ALLOWED_ORIGINS: urls.mlflow.replace(/\/$/, ''),
    MLFLOW_SERVER_X_FRAME_OPTIONS: 'SAMEORIGIN',
    OIDC_DISCOVERY_URL: discoveryUrlOf(platform),
    OIDC_REDIRECT_URI: urls.redirect,
    OIDC_SCOPE: 'openid profile email groups',
    OIDC_PROVIDER_DISPLAY_NAME: 'Keycloak',
    OIDC_GROUPS_ATTRIBUTE: 'groups',
    OIDC_ADMIN_GROUP_NAME: names.adminGroup,
    OIDC_GROUP_NAME: `${names.adminGroup},${names.userGroup}`,
    DEFAULT_MLFLOW_PERMISSION: spec.defaultPermission,
    HOME: '/tmp',
    SSL_CERT_FILE: CA_BUNDLE_PATH,
    REQUESTS_CA_BUNDLE: CA_BUNDLE_PATH,
    AWS_CA_BUNDLE: CA_BUNDLE_PATH,
    PGSSLMODE: platform.postgres.sslMode,
    PGSSLROOTCERT: CA_BUNDLE_PATH,
  };
}

/** Values that are the same for both charts. */
export function commonValues(input: ReleaseInput): HelmValues {
  const { instance, platform, image, secretsDigest } = input;
  const { names, spec } = instance;
  const size = SIZES[spec.size];
  const database = platform.postgres.inCluster ?? platform.postgres;
  return {
    replicaCount: spec.replicas,
    image: { ...image, pullPolicy: 'IfNotPresent' },
    backendStore: {
      databaseMigration: false,
      databaseConnectionCheck: false,
      postgres: {
        enabled: true,
        host: database.host,
        port: database.port,
        database: names.trackingDatabase,
        driver: 'psycopg2',
      },
      existingDatabaseSecret: {
        name: names.secrets.database,
        usernameKey: 'username',
        passwordKey: 'password',
      },
    },
    artifactRoot: {
      proxiedArtifactStorage: true,
      s3: {
        enabled: true,
        bucket: names.bucket,
        path: '',
        existingSecret: {
          name: names.secrets.objectStore,
          keyOfAccessKeyId: 'AWS_ACCESS_KEY_ID',
          keyOfSecretAccessKey: 'AWS_SECRET_ACCESS_KEY',
        },
      },
    },
    log: { enabled: false },
    extraSecretNamesForEnvFrom: [names.secrets.oidc],
    extraPodLabels: { [INSTANCE_LABEL]: spec.name },
    // The chart's own checksum covers its ConfigMap alone.
    podAnnotations: { [SECRETS_ANNOTATION]: secretsDigest },
    service: { type: 'ClusterIP', port: MLFLOW_PORT },
    ingress: {
      enabled: true,
      className: platform.ingress.className,
      annotations: {
        'traefik.ingress.kubernetes.io/router.entrypoints':
          platform.ingress.entryPoint,
        'traefik.ingress.kubernetes.io/router.middlewares': `${names.namespace}-${HEADERS_MIDDLEWARE}@kubernetescrd`,
      },
      hosts: [{ host: spec.host, paths: [{ path: '/', pathType: 'Prefix' }] }],
      tls: [
        {
          hosts: [spec.host],
          ...(platform.ingress.tlsSecret && {
            secretName: platform.ingress.tlsSecret,
          }),
        },
      ],
    },
    // Ours stands beside the release: the chart's leads Prometheus to pods by
    // address, and MLflow answers those with 403.
    serviceMonitor: { enabled: false },
    serviceAccount: { create: true, automount: false },
    // The chart's own probes cost 26 s: a delay of 10 s and a period of 30 s.
    readinessProbe: {
      initialDelaySeconds: 1,
      periodSeconds: 1,
      timeoutSeconds: 3,
      failureThreshold: 600,
    },
    livenessProbe: {
      initialDelaySeconds: 60,
      periodSeconds: 20,
      timeoutSeconds: 5,
      failureThreshold: 6,
    },
    resources: {
      requests: { cpu: size.cpu.request, memory: size.memory.request },
      limits: {
        cpu: size.cpu.limit,
        memory: size.memory.limit,
        'ephemeral-storage': size.scratch,
      },
    },
    podSecurityContext: {
      fsGroup: USER,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      runAsUser: USER,
      runAsGroup: USER,
    },
  };
}

/** Volumes that both charts need from us. */
export const commonVolumes: HelmValue[] = [
  { name: 'platform-ca', configMap: { name: CA_CONFIG_MAP } },
  { name: 'metrics', emptyDir: {} },
];

/** Mounts of {@link commonVolumes}. */
export const commonVolumeMounts: HelmValue[] = [
  {
    name: 'platform-ca',
    mountPath: CA_BUNDLE_PATH.slice(0, CA_BUNDLE_PATH.lastIndexOf('/')),
    readOnly: true,
  },
  { name: 'metrics', mountPath: METRICS_FOLDER },
];
