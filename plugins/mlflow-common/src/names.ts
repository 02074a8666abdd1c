import { InstanceSpec } from './instance';

/**
 * Names of everything outside that belongs to one instance.
 *
 * @public
 */
export interface InstanceNames {
  namespace: string;
  /** Helm release; the chart names Deployment, Service and Ingress after it. */
  release: string;
  trackingDatabase: string;
  authDatabase: string;
  databaseRole: string;
  bucket: string;
  /** User of the object store whose key reaches this bucket alone. */
  bucketUser: string;
  /** Keycloak client by which people log in. */
  client: string;
  /** Public Keycloak client by which a person gets a token on a terminal. */
  cliClient: string;
  /** Keycloak service account by which the portal reads. */
  readerClient: string;
  /** Keycloak service account by which the portal prepares MLflow's users. */
  provisionerClient: string;
  adminGroup: string;
  userGroup: string;
  secrets: {
    /** `username`, `password` */
    database: string;
    /** `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` */
    objectStore: string;
    /** `OIDC_CLIENT_ID`, `OIDC_CLIENT_SECRET`, `OIDC_USERS_DB_URI`, `SECRET_KEY`, … */
    oidc: string;
    /** Made before the chart's hook would make one that changes. */
    flask: string;
  };
}

/**
 * Longest name of an instance, in characters. The longest form derived from it
 * (`mlflow_<name>_auth`, `mlflow-<name>-provisioner`) then fits the 63
 * characters of a Kubernetes label, a PostgreSQL identifier and a bucket, so no
 * name ever needs cutting.
 *
 * @public
 */
export const MAX_NAME_LENGTH = 40;

/**
 * Endings that an instance's name may not have, since another instance's
 * derived name could then be the same.
 *
 * @public
 */
export const RESERVED_SUFFIXES = [
  'auth',
  'admins',
  'users',
  'reader',
  'provisioner',
  'cli',
] as const;

/**
 * Everything outside that an instance is called, from its name alone. The
 * instance `mlflow` has the names of the hand-run original; any other `x` has
 * `mlflow-x` and `mlflow_x` forms. Injective over all kinds together.
 *
 * @public
 */
export function instanceNames(name: string): InstanceNames {
  const base = name === 'mlflow' ? 'mlflow' : `mlflow-${name}`;
  const sql = base.replace(/-/g, '_');
  return {
    namespace: base,
    release: base,
    trackingDatabase: sql,
    authDatabase: `${sql}_auth`,
    databaseRole: sql,
    bucket: base,
    bucketUser: base,
    client: base,
    cliClient: `${base}-cli`,
    readerClient: `${base}-reader`,
    provisionerClient: `${base}-provisioner`,
    adminGroup: `${base}-admins`,
    userGroup: `${base}-users`,
    secrets: {
      database: 'mlflow-db-secret',
      objectStore: 'mlflow-s3-secret',
      oidc: 'mlflow-oidc-config',
      flask: `${base}-flask-server-secret-key`,
    },
  };
}

/**
 * The host of an instance when nobody asks for another.
 *
 * @public
 */
export function defaultHost(name: string, domain: string): string {
  return `${instanceNames(name).release}.${domain}`;
}

/**
 * Where people find the instance.
 *
 * @public
 */
export function instanceUrls(spec: Pick<InstanceSpec, 'host'>): {
  mlflow: string;
  permissions: string;
  redirect: string;
} {
  return {
    mlflow: `https://${spec.host}/`,
    permissions: `https://${spec.host}/oidc/ui/`,
    redirect: `https://${spec.host}/callback`,
  };
}
