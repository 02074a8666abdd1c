import { parseEntityRef } from '@backstage/catalog-model';
import { ServiceUnavailableError } from '@backstage/errors';
import { FetchApi } from '@backstage/frontend-plugin-api';
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
import { MlflowApi } from './MlflowApi';
import { refusalOf } from './refusalOf';
import { responseError } from './responseError';
import { sharing } from './sharing';

const path = (...parts: string[]) => parts.map(encodeURIComponent).join('/');

/** Where the views of the instance lie that an entity stands for. */
const ofEntity = (entityRef: string, view: string) => {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return path('entity', namespace, kind, name, view);
};

const POST_JSON = {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
};

/**
 * {@link MlflowApi} over the REST API of the backend plugin.
 *
 * @public
 */
export class MlflowClient implements MlflowApi {
  readonly #fetchApi: FetchApi;
  readonly #platforms = sharing(() =>
    this.#get<PlatformSummary[]>('platforms', 'the list of platforms'),
  );

  constructor(options: { fetchApi: FetchApi }) {
    this.#fetchApi = options.fetchApi;
  }

  getPlatforms(): Promise<PlatformSummary[]> {
    return this.#platforms();
  }

  checkName(platform: string, name: string): Promise<NameCheck> {
    return this.#get(
      path('platforms', platform, 'names', name),
      `the name "${name}" on the platform "${platform}"`,
    );
  }

  checkHost(platform: string, host: string, name?: string): Promise<HostCheck> {
    const query = name ? `?${new URLSearchParams({ name })}` : '';
    return this.#get(
      path('platforms', platform, 'hosts', host) + query,
      `the host "${host}" on the platform "${platform}"`,
    );
  }

  getOwners(): Promise<Owners> {
    return this.#get('owners', 'the groups you can choose as owner');
  }

  getPlan(input: PlanInput): Promise<InstancePlan> {
    return this.#post('plan', `a plan of "${input.name}"`, input);
  }

  async getInstances(): Promise<InstanceSummary[]> {
    const { items } = await this.#get<{ items: InstanceSummary[] }>(
      'instances',
      'the list of instances',
    );
    return items;
  }

  getStatus(entityRef: string): Promise<InstanceStatus> {
    return this.#view(entityRef, 'status', 'the status');
  }

  checkInstance(entityRef: string, maxAge = 0): Promise<InstanceStatus> {
    return this.#post(
      `${ofEntity(entityRef, 'check')}?${new URLSearchParams({
        maxAge: String(maxAge),
      })}`,
      `a check of ${entityRef}`,
    );
  }

  checkLogin(entityRef: string, user: string): Promise<LoginCheck> {
    return this.#post(
      ofEntity(entityRef, 'login-check'),
      `the login of "${user}" to ${entityRef}`,
      { user },
    );
  }

  getWorkload(entityRef: string): Promise<Workload> {
    return this.#view(entityRef, 'workload', 'the workload');
  }

  getLogs(entityRef: string, query: LogQuery): Promise<LogPage> {
    const asked = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) {
        asked.set(name, String(value));
      }
    }
    return this.#get(
      `${ofEntity(entityRef, 'logs')}?${asked}`,
      `the log of the pod "${query.pod}" of ${entityRef}`,
    );
  }

  getEvents(entityRef: string): Promise<EventView[]> {
    return this.#view(entityRef, 'events', 'the events');
  }

  getHoldings(entityRef: string): Promise<Holdings> {
    return this.#view(entityRef, 'holdings', 'what each system holds');
  }

  getHistory(entityRef: string): Promise<ReleaseRevision[]> {
    return this.#view(entityRef, 'history', 'the release history');
  }

  getDrift(entityRef: string): Promise<InstancePlan> {
    return this.#view(entityRef, 'drift', 'the drift');
  }

  getAudit(entityRef: string): Promise<AuditLog> {
    return this.#view(entityRef, 'audit', 'the audit log');
  }

  getMetrics(entityRef: string): Promise<InstanceMetrics> {
    return this.#view(entityRef, 'metrics', 'the metrics');
  }

  #view<T>(entityRef: string, view: string, subject: string): Promise<T> {
    return this.#get(ofEntity(entityRef, view), `${subject} of ${entityRef}`);
  }

  async #get<T>(resource: string, subject: string): Promise<T> {
    return this.#read(await this.#send(resource, subject), subject);
  }

  /** Gives our backend's own sentence when it refuses what was sent. */
  async #post<T>(
    resource: string,
    subject: string,
    body?: unknown,
  ): Promise<T> {
    const response = await this.#send(
      resource,
      subject,
      body === undefined
        ? { method: 'POST' }
        : { ...POST_JSON, body: JSON.stringify(body) },
    );
    const refusal = await refusalOf(response);
    if (refusal) {
      throw refusal;
    }
    return this.#read(response, subject);
  }

  async #read<T>(response: Response, subject: string): Promise<T> {
    if (!response.ok) {
      throw responseError(response.status, subject);
    }
    try {
      return await response.json();
    } catch (cause) {
      throw new ServiceUnavailableError(
        `Something between the browser and the MLflow backend answered the request for ${subject}; sign in again, and tell a portal admin if it lasts.`,
        cause,
      );
    }
  }

  async #send(
    resource: string,
    subject: string,
    init?: RequestInit,
  ): Promise<Response> {
    try {
      return await this.#fetchApi.fetch(`plugin://mlflow/v1/${resource}`, init);
    } catch (cause) {
      throw new ServiceUnavailableError(
        `The MLflow backend can't be reached for ${subject}; check your connection and try again.`,
        cause,
      );
    }
  }
}
