import { z } from 'zod';
import { PlatformConfig } from '../platform/config';
import { Instance } from '../steps/Step';
import { Platform } from '../platform/Platform';

const answer = z.object({
  data: z.object({
    activeTargets: z.array(
      z.object({
        scrapeUrl: z.string(),
        health: z.enum(['up', 'down', 'unknown']),
        lastError: z.string(),
        labels: z.record(z.string()),
      }),
    ),
  }),
});

/** @throws Error when the sandbox has no Prometheus */
export function prometheusOf({
  prometheus,
}: Pick<PlatformConfig, 'prometheus'>) {
  if (!prometheus) {
    throw new Error(
      'The sandbox has no Prometheus: run ./yarnw sandbox up --with monitoring.',
    );
  }
  return prometheus;
}

/** What Prometheus scrapes of an instance, as Prometheus tells it. */
export async function targetsOf(
  { names }: Instance,
  { config, fetch }: Pick<Platform, 'config' | 'fetch'>,
) {
  const response = await fetch(
    `${prometheusOf(config).url}/api/v1/targets?state=active`,
  );
  const { data } = answer.parse(await response.json());
  return data.activeTargets.filter(
    ({ labels }) => labels.namespace === names.namespace,
  );
}
