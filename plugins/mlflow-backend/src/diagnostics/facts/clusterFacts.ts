import { CoreV1Event } from '@kubernetes/client-node';

/** What the cluster tells on demand, besides what is watched. */
export interface ClusterFacts {
  /** Of the instance's namespace, newest first. */
  events: CoreV1Event[];
  /** Last lines of each pod's log, masked, also of the container before a restart. */
  logs: PodLog[];
  /** Secrets that the server needs and that exist, without any value. */
  secrets: SecretFact[];
  /**
   * Changes with any value that the server reads from Secrets; undefined when
   * not all of them could be read.
   */
  secretsDigest?: string;
  /** Settings of the server as its Deployment has them; empty without one. */
  settings: Settings;
  ingress: IngressFact[];
  quotas: QuotaFact[];
}

/** Last lines of the log of one pod, those of its probes left out. */
export interface PodLog {
  pod: string;
  lines: string[];
}

/** A Secret of the instance's namespace. */
export interface SecretFact {
  name: string;
  keys: string[];
  /** Names of keys whose value is empty. */
  empty: string[];
  /** ISO 8601, by key; when it or one that is written with it last changed. */
  changedAt?: Record<string, string>;
}

/** Environment of the server's container. */
export interface Settings {
  /** Plain values, also those of ConfigMaps; none that comes from a Secret. */
  plain: Record<string, string>;
  /** Names that come from a Secret, and from which. */
  fromSecrets: Record<string, { secret: string; key: string }>;
  args: string[];
}

/** An Ingress of the instance. */
export interface IngressFact {
  name: string;
  hosts: string[];
  className?: string;
  /** IP addresses and host names that its controller gave it. */
  addresses: string[];
}

/** A ResourceQuota of the namespace. */
export interface QuotaFact {
  name: string;
  /** Resources of which nothing is left, as `pods: 3 of 3`. */
  reached: string[];
}
