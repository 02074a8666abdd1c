import { createApiRef } from '@backstage/frontend-plugin-api';
import {
  InstancePlan,
  InstanceStatus,
  InstanceSummary,
  Line,
} from 'backstage-plugin-mlflow-common';

/**
 * A version line as a platform offers it.
 *
 * @public
 */
export interface PlatformLine {
  line: Line;
  /** Version of MLflow, for example `3.17.2`. */
  mlflow: string;
  /** Set when the line has known security holes; says which. */
  warning?: string;
}

/**
 * A platform on which the caller may ask for an instance.
 *
 * @public
 */
export interface PlatformSummary {
  /** Key of the platform in app-config. */
  name: string;
  title: string;
  /** Domains below which a host must lie; the first is the default. */
  domains: string[];
  defaultLine: Line;
  lines: PlatformLine[];
  ready: boolean;
  /** Why the platform takes no instance now. */
  reason?: string;
}

/**
 * Whether a host can be taken.
 *
 * @public
 */
export interface HostCheck {
  free: boolean;
  /**
   * The caller's own instance has it and is not finished: a run with the same
   * settings goes on from where the last one ended.
   */
  yours?: boolean;
  /** Why it can't be taken. */
  reason?: string;
}

/**
 * Whether a name can be taken.
 *
 * @public
 */
export interface NameCheck extends HostCheck {
  name: string;
  /** Host that an instance of this name has when nobody asks for another. */
  host: string;
}

/**
 * For whom the caller may own an instance.
 *
 * @public
 */
export interface Owners {
  /** The caller administers a platform and may choose any group. */
  any: boolean;
  /** Entity references of groups. */
  owners: string[];
  /**
   * Names of groups that belong to instances and own nothing, for those who may
   * choose any other.
   */
  instanceGroups: string[];
}

/**
 * What the form of the create template holds.
 *
 * @public
 */
export interface PlanInput {
  /** Key of the platform in app-config. */
  platform: string;
  name: string;
  /** Entity reference of the owning group. */
  owner: string;
  description?: string;
  host?: string;
  line?: string;
  size?: string;
  replicas?: number;
  defaultPermission?: string;
  metrics?: boolean;
}

/**
 * What the MLflow backend tells. It only reads: all changes are made by
 * software templates.
 *
 * @remarks
 *
 * Every method rejects with an error of `@backstage/errors`: `NotFoundError`
 * (no such object), `NotAllowedError` (no permission), `AuthenticationError`
 * (signed out), `InputError` (the request makes no sense) or
 * `ServiceUnavailableError` (anything else; asking again may help).
 *
 * @public
 */
export interface MlflowApi {
  getPlatforms(): Promise<PlatformSummary[]>;
  checkName(platform: string, name: string): Promise<NameCheck>;
  /**
   * @param name - of the instance that is to have the host, when it is known: it
   * may have it already
   */
  checkHost(platform: string, host: string, name?: string): Promise<HostCheck>;
  getOwners(): Promise<Owners>;
  /** What a run with these answers would do; it changes nothing. */
  getPlan(input: PlanInput): Promise<InstancePlan>;
  getInstances(): Promise<InstanceSummary[]>;
  /**
   * Status of the instance that an entity stands for.
   *
   * @param entityRef - for example `component:default/mlflow`
   */
  getStatus(entityRef: string): Promise<InstanceStatus>;
}

/** @public */
export const mlflowApiRef = createApiRef<MlflowApi>({
  id: 'plugin.mlflow.client',
});
