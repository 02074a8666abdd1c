import { Finding, InstanceCondition } from './health';

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
 * What the card shows of an instance.
 *
 * @public
 */
export interface InstanceStatus {
  /** Opaque; names the instance in the messages of open pages. */
  id: string;
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
  /** Why it is not well; the gravest first. */
  findings: Finding[];
  /** ISO 8601; when it was last probed as a user would use it. */
  checkedAt?: string;
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
  /**
   * Sentence why the cluster cannot be asked at present; all that is said here is
   * then as old as `observedAt`.
   */
  staleReason?: string;
}

/**
 * One row of the list of instances.
 *
 * @public
 */
export type InstanceSummary = Pick<
  InstanceStatus,
  | 'id'
  | 'platform'
  | 'name'
  | 'owner'
  | 'phase'
  | 'reason'
  | 'message'
  | 'versions'
  | 'replicas'
  | 'urls'
  | 'changedAt'
  | 'observedAt'
  | 'staleReason'
  | 'checkedAt'
> & {
  /** How many findings there are. */
  findings: number;
  /** Reference of the catalog entity. */
  entityRef: string;
  /** Whether it differs from what was asked for; absent before a first look. */
  drifted?: boolean;
};
