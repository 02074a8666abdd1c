import { ServiceUnavailableError } from '@backstage/errors';
import { z } from 'zod';
import { PlatformConfig } from '../../platform/config';
import { isCertificateFault } from '../certificateFault';
import { PlatformFetch } from '../http';
import { reasonOf } from '../reasonOf';

/** Unix seconds and value. */
export type Sample = [time: number, value: number];

/** Which stretch of time, in Unix seconds, and how dense. */
export interface Range {
  start: number;
  end: number;
  /** Seconds between two points. */
  step: number;
}

const sample = z.tuple([z.number(), z.string()]);
const matrix = z.object({
  data: z.object({
    resultType: z.literal('matrix'),
    result: z.array(z.object({ values: z.array(sample) })),
  }),
});
const vector = z.object({
  data: z.object({
    resultType: z.literal('vector'),
    result: z.array(z.object({ value: sample })),
  }),
});

/** Asks the HTTP API of one Prometheus, or of what speaks like one. */
export class PrometheusClient {
  readonly #config: NonNullable<PlatformConfig['prometheus']>;
  readonly #fetch: PlatformFetch;

  constructor(
    config: NonNullable<PlatformConfig['prometheus']>,
    fetch: PlatformFetch,
  ) {
    this.#config = config;
    this.#fetch = fetch;
  }

  /**
   * The points of the first series that the query gives; none where it gives no
   * series. What is no number is left out.
   */
  async range(
    query: string,
    { start, end, step }: Range,
    signal: AbortSignal,
  ): Promise<Sample[]> {
    const params = { query, start, end, step };
    const { data } = await this.#ask('query_range', params, matrix, signal);
    return (data.result[0]?.values ?? [])
      .map(([time, value]): Sample => [time, Number(value)])
      .filter(([, value]) => Number.isFinite(value));
  }

  /** The present value of each series that the query gives. */
  async now(query: string, signal: AbortSignal): Promise<number[]> {
    const { data } = await this.#ask('query', { query }, vector, signal);
    return data.result.map(({ value: [, value] }) => Number(value));
  }

  async #ask<T>(
    path: string,
    params: Record<string, string | number>,
    answer: z.ZodType<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const { url, token } = this.#config;
    const address = new URL(`${url.replace(/\/$/, '')}/api/v1/${path}`);
    Object.entries(params).forEach(([name, value]) =>
      address.searchParams.set(name, String(value)),
    );
    let body: unknown;
    try {
      const response = await this.#fetch(address, {
        headers: token ? { authorization: `Bearer ${token}` } : {},
        // A way to a login page is no answer, and the token must not go along.
        redirect: 'manual',
        signal,
      });
      if (!response.ok) {
        await response.body?.cancel();
        throw new ServiceUnavailableError(refusal(response.status));
      }
      body = await response.json();
    } catch (error) {
      throw error instanceof ServiceUnavailableError
        ? error
        : this.#silence(error, signal);
    }
    const parsed = answer.safeParse(body);
    if (!parsed.success) {
      throw new ServiceUnavailableError(
        'Prometheus: what answers is no Prometheus. Check mlflow.platforms.<platform>.prometheus.url.',
      );
    }
    return parsed.data;
  }

  #silence(error: unknown, signal: AbortSignal): Error {
    if (isCertificateFault(error)) {
      return new ServiceUnavailableError(
        `Prometheus: its certificate is not trusted (${reasonOf(
          error,
        )}). Put its CA into mlflow.platforms.<platform>.ca.`,
      );
    }
    return new ServiceUnavailableError(
      `Prometheus: it did not answer${
        signal.aborted ? ' in time' : ''
      }. Check mlflow.platforms.<platform>.prometheus.url and that it is up.`,
    );
  }
}

function refusal(status: number): string {
  return status === 401 || status === 403
    ? 'Prometheus: it does not let the portal in. Renew mlflow.platforms.<platform>.prometheus.token.'
    : `Prometheus: it answered ${status}. Check mlflow.platforms.<platform>.prometheus.url, and look into its log.`;
}
