import { Finding } from './health';

/**
 * What one container has and takes.
 *
 * @public
 */
export interface ContainerView {
  name: string;
  image: string;
  ready: boolean;
  restarts: number;
  /** CamelCase word, for example `Running` or `CrashLoopBackOff`. */
  state: string;
  /** Why the last one ended, for example `OOMKilled`. */
  lastState?: string;
  /** Quantities as Kubernetes writes them, for example `500m` and `1Gi`. */
  requests: Record<string, string>;
  limits: Record<string, string>;
}

/**
 * One pod of an instance.
 *
 * @public
 */
export interface PodView {
  name: string;
  /** Of a server, or of a Job of this name. */
  job?: string;
  phase: string;
  ready: boolean;
  node?: string;
  /** ISO 8601 */
  startedAt?: string;
  containers: ContainerView[];
}

/**
 * One Job of an instance.
 *
 * @public
 */
export interface JobView {
  name: string;
  state: 'running' | 'succeeded' | 'failed';
  /** Why it failed. */
  message?: string;
  /** ISO 8601 */
  startedAt?: string;
  /** ISO 8601 */
  finishedAt?: string;
}

/**
 * What runs of an instance.
 *
 * @public
 */
export interface Workload {
  pods: PodView[];
  jobs: JobView[];
  /** Where the schema of the databases was last brought up to date. */
  migration: {
    by: 'server' | 'job';
    /** Revisions of the schema, by database; absent where they are not known. */
    revisions?: Record<string, string>;
  };
}

/**
 * One line of a log, masked.
 *
 * @public
 */
export interface LogLine {
  /** ISO 8601, of the node. */
  time: string;
  text: string;
}

/**
 * A piece of a log, oldest line first, without the probes of the server's health
 * that went well.
 *
 * @public
 */
export interface LogPage {
  pod: string;
  container: string;
  lines: LogLine[];
  /** Older lines were left out. */
  truncated: boolean;
}

/**
 * Which log to read.
 *
 * @public
 */
export interface LogQuery {
  /** Name of a pod of the instance. */
  pod: string;
  /** The first one when left out. */
  container?: string;
  /** Of the container before the last restart. */
  previous?: boolean;
  /** Lines to give at most, counted from the end; 500 when left out. */
  lines?: number;
  /** ISO 8601; only what is newer. */
  since?: string;
}

/**
 * One event of Kubernetes in the namespace of an instance.
 *
 * @public
 */
export interface EventView {
  /** ISO 8601; when it was last seen. */
  at: string;
  type: 'Normal' | 'Warning';
  reason: string;
  /** Kind and name, for example `Pod mlflow-7d9`. */
  object: string;
  message: string;
  count: number;
}

/**
 * What one system could not tell.
 *
 * @public
 */
export interface Unanswered {
  /** Sentence with the system and what to do. */
  problem: string;
}

/**
 * What each system holds of an instance; a system that does not answer is told
 * in its place.
 *
 * @public
 */
export interface Holdings {
  databases: { items: { name: string; bytes: number }[] } | Unanswered;
  bucket:
    | {
        name: string;
        /** Absent where the store does not count. */
        bytes?: number;
        objects?: number;
        /** Absent where there is no limit. */
        limitBytes?: number;
      }
    | Unanswered;
  client:
    | {
        id: string;
        enabled: boolean;
        redirectUris: string[];
        scopes: string[];
      }
    | Unanswered;
  groups: { items: { name: string; members: number }[] } | Unanswered;
  secrets:
    | {
        items: {
          name: string;
          /** Names of the keys; never a value. */
          keys: string[];
          /** ISO 8601 */
          changedAt?: string;
        }[];
      }
    | Unanswered;
}

/**
 * One revision of the Helm release.
 *
 * @public
 */
export interface ReleaseRevision {
  revision: number;
  /** As Helm says it, for example `deployed` or `superseded`. */
  status: string;
  /** For example `mlflow-1.11.5`. */
  chart: string;
  appVersion?: string;
  /** ISO 8601 */
  at: string;
  description: string;
}

/**
 * One line of the audit log that mlflow-oidc-auth writes.
 *
 * @public
 */
export interface AuditEntry {
  /** ISO 8601 */
  at: string;
  /** For example `auth.login_success`. */
  event: string;
  user?: string;
  /** What else the line tells, as `key=value`. */
  detail: string;
  denied: boolean;
}

/**
 * What the audit log of a server's running pods holds, newest first.
 *
 * @public
 */
export interface AuditLog {
  /** The version line of the instance writes no audit log. */
  supported: boolean;
  entries: AuditEntry[];
}

/**
 * One value over time.
 *
 * @public
 */
export interface MetricSeries {
  name: 'requests' | 'errors' | 'latency';
  /** Requests a second; share from 0 to 1; seconds at the 95th percentile. */
  unit: 'perSecond' | 'share' | 'seconds';
  /** Unix seconds and value, oldest first. */
  points: [number, number][];
}

/**
 * What Prometheus knows of the last hour.
 *
 * @public
 */
export interface InstanceMetrics {
  state: 'shown' | 'notConfigured' | 'notScraped' | 'unanswered';
  /** Sentence why there is nothing to show. */
  message?: string;
  series: MetricSeries[];
}

/**
 * Why somebody can or can't log in.
 *
 * @public
 */
export interface LoginCheck {
  user: string;
  /** Nothing that the identity provider knows keeps them out. */
  allowed: boolean;
  /** They come in as an admin of MLflow. */
  admin: boolean;
  findings: Finding[];
}
