import {
  DEFAULT_LINE,
  mlflowInstanceCreatePermission,
  PlatformSummary,
} from 'backstage-plugin-mlflow-common';
import { InstanceSources } from '../watch/InstanceSources';
import { PlatformConfig } from '../platform/config';
import { PlatformEntry } from '../platform/PlatformsService';
import { authorizeSome } from '../permissions';
import { offeredReleases } from '../releases/releases';
import { audited } from './audited';
import { ApiRouter, RouterOptions } from './RouterOptions';

/** `GET /v1/platforms` */
export function addPlatformsRoute(
  router: ApiRouter,
  options: RouterOptions,
): void {
  const { httpAuth, permissions, platforms, sources } = options;

  router.get('/v1/platforms', async (req, res) => {
    const summaries = await audited(
      options,
      { eventId: 'platform-list', request: req },
      async () => {
        const credentials = await httpAuth.credentials(req, {
          allow: ['user', 'service'],
        });
        await authorizeSome({
          permissions,
          permission: mlflowInstanceCreatePermission,
          credentials,
        });
        return platforms.list().map(entry => summarize(entry, sources));
      },
    );
    res.json(summaries);
  });
}

function summarize(
  entry: PlatformEntry,
  sources: InstanceSources,
): PlatformSummary {
  const { name } = entry;
  if ('error' in entry) {
    return {
      name,
      title: name,
      domains: [],
      defaultLine: DEFAULT_LINE,
      lines: [],
      ready: false,
      reason:
        'Its configuration is faulty; the log of the backend tells a portal admin which key.',
    };
  }
  const { config } = entry.platform;
  const freshness = sources.get(name)?.freshness();
  const ready = Boolean(freshness?.complete && !freshness.error);
  return {
    name,
    title: config.title ?? name,
    domains: config.domains,
    defaultLine: DEFAULT_LINE,
    lines: offeredLines(config),
    ready,
    ...(!ready && {
      reason:
        'Its Kubernetes cluster does not answer at present; a platform admin can see why in the log of the backend.',
    }),
  };
}

function offeredLines(config: PlatformConfig): PlatformSummary['lines'] {
  return offeredReleases(config).map(({ line, mlflow, warning }) => ({
    line,
    mlflow,
    ...(warning && { warning }),
  }));
}
