import { Line } from './instance';

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
 * Whether something can be had.
 *
 * @public
 */
export interface Availability {
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
 * Whether a host can be had.
 *
 * @public
 */
export interface HostCheck extends Availability {
  host: string;
}

/**
 * Whether a name can be had.
 *
 * @public
 */
export interface NameCheck extends Availability {
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
