import { createApiRef } from '@backstage/frontend-plugin-api';
import {
  AuditLog,
  EventView,
  Holdings,
  HostCheck,
  InstanceMetrics,
  InstancePlan,
  InstanceStatus,
  InstanceSummary,
  LoginCheck,
  LogPage,
  LogQuery,
  NameCheck,
  Owners,
  PlanInput,
  PlatformSummary,
  ReleaseRevision,
  Workload,
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
  /**
   * Has the instance probed as a user would use it, and gives its status then.
   *
   * @param maxAge - seconds that an earlier probe may be old to serve
   */
  checkInstance(entityRef: string, maxAge?: number): Promise<InstanceStatus>;
  /**
   * Why somebody can or can't log in to the instance.
   *
   * @param user - name or e-mail address, as the identity provider has it
   */
  checkLogin(entityRef: string, user: string): Promise<LoginCheck>;
  getWorkload(entityRef: string): Promise<Workload>;
  getLogs(entityRef: string, query: LogQuery): Promise<LogPage>;
  getEvents(entityRef: string): Promise<EventView[]>;
  /** What each system holds of the instance. */
  getHoldings(entityRef: string): Promise<Holdings>;
  /** Revisions of the Helm release, newest first. */
  getHistory(entityRef: string): Promise<ReleaseRevision[]>;
  /** What a run with the instance's own settings would change. */
  getDrift(entityRef: string): Promise<InstancePlan>;
  getAudit(entityRef: string): Promise<AuditLog>;
  /** Requests, errors and latency of the last hour. */
  getMetrics(entityRef: string): Promise<InstanceMetrics>;
}

/** @public */
export const mlflowApiRef = createApiRef<MlflowApi>({
  id: 'plugin.mlflow.client',
});
