import { CoreV1Event } from '@kubernetes/client-node';

/** What the cluster tells on demand, besides what is watched. */
export interface ClusterFacts {
  /** Of the instance's namespace, newest first. */
  events: CoreV1Event[];
  /** Last lines of each pod's log, masked, also of the container before a restart. */
  logs: PodLog[];
  /** Secrets of the instance, without any value. */
  secrets: SecretFact[];
  /** Settings of the server as its container gets them. */
  settings: Settings;
  ingress: IngressFact[];
  quotas: QuotaFact[];
}

/** Last lines of the log of one pod. */
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
