/**
 * Where an instance stands as a whole.
 *
 * @public
 */
export type InstancePhase =
  | 'Progressing'
  | 'Ready'
  | 'Degraded'
  | 'Failed'
  | 'Unknown';

/**
 * One aspect of an instance, in the manner of a Kubernetes condition.
 *
 * @public
 */
export interface InstanceCondition {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  /** CamelCase word for programs. */
  reason: string;
  /** Sentence for people. */
  message: string;
  /** ISO 8601; when `status` last changed. */
  since?: string;
}

/**
 * What the card shows of an instance.
 *
 * @public
 */
export interface InstanceStatus {
  platform: string;
  name: string;
  /** Entity reference of the owning group. */
  owner: string;
  phase: InstancePhase;
  /** CamelCase word for programs. */
  reason: string;
  /** Sentence for people: what is the case, and what to do when it is bad. */
  message: string;
  conditions: InstanceCondition[];
  versions: {
    line: string;
    mlflow: string;
    oidcAuth: string;
    chart: string;
    /** Set when the line has known security holes; says which. */
    warning?: string;
  };
  replicas: { wanted: number; ready: number };
  urls: { mlflow: string; permissions: string };
  /** As whom the portal reads the instance, and what that identity can do. */
  portalAccess: string;
  /** Scaffolder task that last worked on the instance. */
  taskId?: string;
  /** ISO 8601; when the record last changed. */
  changedAt: string;
  /** ISO 8601; how fresh what is said here is. */
  observedAt: string;
}

/**
 * One row of the list of instances.
 *
 * @public
 */
export type InstanceSummary = Pick<
  InstanceStatus,
  | 'platform'
  | 'name'
  | 'owner'
  | 'phase'
  | 'reason'
  | 'message'
  | 'versions'
  | 'urls'
  | 'changedAt'
>;
