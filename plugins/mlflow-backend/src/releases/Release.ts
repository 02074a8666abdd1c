import { InstanceSpec, Line } from 'backstage-plugin-mlflow-common';
import { Instance } from '../steps/Step';
import { PlatformConfig } from '../platform/config';
import { HelmValues } from '../systems/helm/values';

/** Where a pod finds the trusted certificates: public roots and the platform's CA. */
export const CA_BUNDLE_PATH = '/etc/platform-ca/ca.crt';

/** Port of the MLflow server in its pod and of its Service. */
export const MLFLOW_PORT = 5000;

/** What a release needs to know to write its values. */
export interface ReleaseInput {
  instance: Instance;
  platform: PlatformConfig;
  /** `repository:tag@sha256:…` split for the chart. */
  image: { repository: string; tag: string };
  /** Changes with any value of the instance's secrets; nothing can be read from it. */
  secretsDigest: string;
}

/** One version line: what is installed, and how it wants to be told. */
export interface Release {
  line: Line;
  mlflow: string;
  oidcAuth: string;
  chart: string;
  /** Why this line must not face people who are not trusted; absent when none is known. */
  warning?: string;
  /** Whether sessions live in the database, so that several replicas share them. */
  sharedSessions: boolean;
  /** Keys of `mlflow-oidc-config` that hold generated keys of this line. */
  generatedKeys: { [key: string]: 'random' | 'fernet' };
  /** How a server of this line answers where verification looks. */
  behaviour: {
    /** 200 once the server can serve. */
    readinessPath: string;
    /** Statuses of an API call without login. */
    anonymous: number[];
    /**
     * How the portal's reader becomes known: by an admin's token over HTTP, or
     * by a Job beside the server.
     */
    reader: 'provisioner' | 'job';
    /** What the reader can do besides reading, since the line cannot forbid it. */
    readerCaveat: string;
    /** Whether the server writes who did what into its log, as lines of JSON. */
    auditLog: boolean;
  };
  values(input: ReleaseInput): HelmValues;
  /** Says in one sentence why this line cannot serve the spec, or nothing. */
  refuses(spec: InstanceSpec): string | undefined;
}
