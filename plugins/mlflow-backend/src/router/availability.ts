import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  checkHost,
  checkInstanceName,
  defaultHost,
  mlflowInstanceCreatePermission,
  mlflowInstanceReadPermission,
} from 'backstage-plugin-mlflow-common';
import { Holder, holderOfHost, holderOfName } from '../instances/availability';
import {
  authorizeSome,
  instanceResource,
  isInstanceAllowed,
} from '../permissions';
import { audited } from './audited';
import { QuickAvailability } from './quickAvailability';
import { ApiRouter, RouterOptions } from './RouterOptions';

/** `GET /v1/platforms/:platform/{names/:name,hosts/:host}` */
export function addAvailabilityRoutes(
  router: ApiRouter,
  options: RouterOptions,
): void {
  const { auditor, httpAuth, permissions, platforms, sources } = options;
  const quick = new QuickAvailability();

  const credentialsOf = async (
    req: Parameters<typeof httpAuth.credentials>[0],
  ) => {
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    await authorizeSome({
      permissions,
      permission: mlflowInstanceCreatePermission,
      credentials,
    });
    return credentials;
  };

  router.get('/v1/platforms/:platform/names/:name', async (req, res) => {
    const { platform: key, name } = req.params;
    const answer = await audited(
      auditor,
      {
        eventId: 'name-check',
        request: req,
        meta: { instance: `${key}/${name}` },
      },
      async () => {
        const credentials = await credentialsOf(req);
        const platform = platforms.get(key);
        const host = defaultHost(name, platform.config.domains[0]);
        const fault = checkInstanceName(name);
        if (fault) {
          return { name, host, free: false, reason: fault };
        }
        const holder = await holderOfName(
          quick.of(platform, sources.get(key)),
          name,
        );
        return {
          name,
          host,
          ...(await verdict(
            options,
            key,
            `The name "${name}"`,
            holder,
            credentials,
          )),
        };
      },
    );
    res.json(answer);
  });

  router.get('/v1/platforms/:platform/hosts/:host', async (req, res) => {
    const { platform: key, host } = req.params;
    const answer = await audited(
      auditor,
      {
        eventId: 'host-check',
        request: req,
        meta: { platform: key, host },
      },
      async () => {
        const credentials = await credentialsOf(req);
        const platform = platforms.get(key);
        const fault = checkHost(host, platform.config.domains);
        if (fault) {
          return { host, free: false, reason: fault };
        }
        const holder = await holderOfHost(
          quick.of(platform, sources.get(key)),
          host,
        );
        return {
          host,
          ...(await verdict(
            options,
            key,
            `The host ${host}`,
            holder,
            credentials,
          )),
        };
      },
    );
    res.json(answer);
  });
}

/** Whose it is learns only who may read that instance. */
async function verdict(
  { permissions }: RouterOptions,
  platform: string,
  what: string,
  holder: Holder | undefined,
  credentials: BackstageCredentials,
): Promise<{ free: boolean; reason?: string }> {
  if (!holder) {
    return { free: true };
  }
  const owner =
    holder.kind === 'instance' &&
    (await isInstanceAllowed({
      permissions,
      permission: mlflowInstanceReadPermission,
      resourceRef: instanceResource({
        platform,
        name: holder.record.spec.name,
      }),
      credentials,
    })) &&
    holder.record.spec.owner;
  return {
    free: false,
    reason: owner ? `${what} is taken; ${owner} has it.` : `${what} is taken.`,
  };
}
