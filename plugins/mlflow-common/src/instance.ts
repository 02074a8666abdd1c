/**
 * What a user of MLflow may do with an experiment or model nobody granted to
 * them, in the terms of mlflow-oidc-auth's `DEFAULT_MLFLOW_PERMISSION`.
 *
 * @public
 */
export const DEFAULT_PERMISSIONS = [
  'NO_PERMISSIONS',
  'READ',
  'EDIT',
  'MANAGE',
] as const;

/** @public */
export type DefaultPermission = (typeof DEFAULT_PERMISSIONS)[number];

/** @public */
export const INSTANCE_SIZES = ['S', 'M', 'L'] as const;

/** @public */
export type InstanceSize = (typeof INSTANCE_SIZES)[number];

/**
 * What a size stands for.
 *
 * @public
 */
export interface SizeResources {
  /** Kubernetes CPU request and limit of one server pod, for example `100m`. */
  cpu: { request: string; limit: string };
  /** Kubernetes memory request and limit of one server pod. */
  memory: { request: string; limit: string };
  /** Limit of `/tmp`, through which every upload and download passes. */
  scratch: string;
  /** Processes of the MLflow server in one pod. */
  workers: number;
  /** Connections that the PostgreSQL role may hold. */
  databaseConnections: number;
  /** Bytes that the bucket may hold, where the object store can limit it. */
  bucketBytes: number;
}

const GiB = 1024 ** 3;

/**
 * Sizes: a worker takes about 500 MiB, and `/tmp` holds one to two times each
 * file in flight.
 *
 * @public
 */
export const SIZES: Record<InstanceSize, SizeResources> = {
  S: {
    cpu: { request: '100m', limit: '2' },
    memory: { request: '512Mi', limit: '2Gi' },
    scratch: '8Gi',
    workers: 1,
    databaseConnections: 40,
    bucketBytes: 100 * GiB,
  },
  M: {
    cpu: { request: '500m', limit: '2' },
    memory: { request: '1Gi', limit: '4Gi' },
    scratch: '16Gi',
    workers: 2,
    databaseConnections: 80,
    bucketBytes: 500 * GiB,
  },
  L: {
    cpu: { request: '1', limit: '4' },
    memory: { request: '2Gi', limit: '8Gi' },
    scratch: '32Gi',
    workers: 4,
    databaseConnections: 160,
    bucketBytes: 2048 * GiB,
  },
};

/**
 * A pair of MLflow and mlflow-oidc-auth that is built and tested as one.
 *
 * @public
 */
export const LINES = ['3.17', '3.6'] as const;

/** @public */
export type Line = (typeof LINES)[number];

/** @public */
export const DEFAULT_LINE: Line = '3.17';

/** Most replicas of the server that an instance may ask for. @public */
export const MAX_REPLICAS = 10;

/**
 * What a team asks for. Everything else is derived from it.
 *
 * @public
 */
export interface InstanceSpec {
  /** RFC 1123 label, unique on the platform. */
  name: string;
  /** Key of the platform in app-config. */
  platform: string;
  /** Entity reference of the owning group, for example `group:default/team-a`. */
  owner: string;
  /** One or two sentences for the catalog. */
  description: string;
  /** Fully qualified host name under which MLflow is served. */
  host: string;
  line: Line;
  size: InstanceSize;
  /** Server pods, 1 to {@link MAX_REPLICAS}. */
  replicas: number;
  defaultPermission: DefaultPermission;
  /** Whether MLflow exposes Prometheus metrics inside the cluster. */
  metrics: boolean;
}
