import type { ApiServer } from './ApiServer.ts';

/** Requests that an API server has answered, by resource and verb. */
export type Requests = Record<string, number>;

/**
 * What `apiserver_request_total` says, but for what the API server asks itself
 * (leases, its own start) and what is no resource, as the page of metrics.
 */
export function parseRequests(metrics: string): Requests {
  const counts: Requests = {};
  for (const line of metrics.split('\n')) {
    const [, labels, value] =
      line.match(/^apiserver_request_total\{(.*)\} (\S+)$/) ?? [];
    const label = (name: string) =>
      labels?.match(new RegExp(`(?:^|,)${name}="([^"]*)"`))?.[1] ?? '';
    const resource = label('resource');
    if (labels && resource && resource !== 'leases') {
      const key = `${resource} ${label('verb')}`;
      counts[key] = (counts[key] ?? 0) + Number(value);
    }
  }
  return counts;
}

/** All requests so far. */
export async function countRequests(api: ApiServer): Promise<Requests> {
  const { text } = await api.call('GET', '/metrics');
  return parseRequests(text);
}

/** What came between two counts; a resource that was not asked is left out. */
export function between(before: Requests, after: Requests): Requests {
  return Object.fromEntries(
    Object.entries(after)
      .map(([key, count]): [string, number] => [
        key,
        count - (before[key] ?? 0),
      ])
      .filter(([, count]) => count > 0),
  );
}

export const total = (requests: Requests): number =>
  Object.values(requests).reduce((sum, count) => sum + count, 0);
