import { V1Deployment, V1Job, V1Pod } from '@kubernetes/client-node';
import { HealthReport } from '../health/HealthReport';
import { InstanceRecord } from '../instances/InstanceRecord';

/**
 * What a platform's cluster shows of one instance. Of the objects only that is
 * there which somebody here reads; see `slim.ts`.
 */
export interface ObservedInstance {
  record: InstanceRecord;
  /** What the last look came to that some portal wrote down. */
  health?: HealthReport;
  deployment?: V1Deployment;
  /** Of the server. */
  pods: V1Pod[];
  jobs: V1Job[];
  /** Of the Jobs. */
  jobPods: V1Pod[];
}

/** How far what is known of a platform can be relied on. */
export interface Freshness {
  /** Whether a complete list of the records ever came. */
  complete: boolean;
  /** When what is known was last right; absent before the first list. */
  rightAt?: Date;
  /** Why the cluster cannot be asked at present. */
  error?: Error;
}

/** Follows the changes of a platform's instances. */
export interface InstanceListener {
  /** A complete list of the records came from the cluster. */
  onList(): void;
  /** A record was made, changed or deleted. */
  onRecord(name: string): void;
  /**
   * What runs of an instance changed: its Deployment, a pod, a Job; or what the
   * last look at it came to.
   */
  onWorkload?(name: string): void;
  /** The cluster cannot be asked any more, or can be again. */
  onSight?(): void;
}

/** The instances of one platform as they are now. */
export interface InstanceSource {
  readonly platform: string;
  get(name: string): ObservedInstance | undefined;
  /** By name, in alphabetical order. */
  list(): ObservedInstance[];
  freshness(): Freshness;
  /** Names of instances whose record exists but cannot be read. */
  unreadable(): string[];
  /** @returns the end of the subscription */
  subscribe(listener: InstanceListener): () => void;
}
