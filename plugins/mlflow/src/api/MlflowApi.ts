import { createApiRef } from '@backstage/frontend-plugin-api';
import {
  HostCheck,
  InstancePlan,
  InstanceStatus,
  InstanceSummary,
  NameCheck,
  Owners,
  PlanInput,
  PlatformSummary,
} from 'backstage-plugin-mlflow-common';

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
