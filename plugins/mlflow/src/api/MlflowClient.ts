import { parseEntityRef } from '@backstage/catalog-model';
import { ServiceUnavailableError } from '@backstage/errors';
import { FetchApi } from '@backstage/frontend-plugin-api';
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
import { MlflowApi } from './MlflowApi';
import { refusalOf } from './refusalOf';
import { responseError } from './responseError';
import { sharing } from './sharing';

const path = (...parts: string[]) => parts.map(encodeURIComponent).join('/');

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

  async getPlan(input: PlanInput): Promise<InstancePlan> {
    const subject = `a plan of "${input.name}"`;
    const response = await this.#send('plan', subject, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    const refusal = await refusalOf(response);
    if (refusal) {
      throw refusal;
    }
    return this.#read(response, subject);
  }

  async getInstances(): Promise<InstanceSummary[]> {
    const { items } = await this.#get<{ items: InstanceSummary[] }>(
      'instances',
      'the list of instances',
    );
    return items;
  }

  getStatus(entityRef: string): Promise<InstanceStatus> {
    const { kind, namespace, name } = parseEntityRef(entityRef);
    return this.#get(
      path('entity', namespace, kind, name, 'status'),
      `the status of ${entityRef}`,
    );
  }

  async #get<T>(resource: string, subject: string): Promise<T> {
    return this.#read(await this.#send(resource, subject), subject);
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
