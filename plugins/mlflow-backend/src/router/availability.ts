import {
  checkHost,
  checkInstanceName,
  defaultHost,
  mlflowInstanceCreatePermission,
} from 'backstage-plugin-mlflow-common';
import { holderOfHost, holderOfName } from '../instances/availability';
import { authorizeSome } from '../permissions';
import { audited } from './audited';
import { QuickAvailability } from './quickAvailability';
import { ApiRouter, RouterOptions } from './RouterOptions';
import { verdict } from './verdict';

/** `GET /v1/platforms/:platform/{names/:name,hosts/:host}` */
export function addAvailabilityRoutes(
  router: ApiRouter,
  options: RouterOptions,
): void {
  const { httpAuth, permissions, platforms, sources } = options;
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
      options,
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
        const wish = { platform: key, name, what: `The name "${name}"` };
        return {
          name,
          host,
          ...(await verdict(options, wish, holder, credentials)),
        };
      },
    );
    res.json(answer);
  });

  router.get('/v1/platforms/:platform/hosts/:host', async (req, res) => {
    const { platform: key, host } = req.params;
    const { name } = req.query;
    const answer = await audited(
      options,
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
        const wish = { platform: key, name, what: `The host ${host}` };
        return { host, ...(await verdict(options, wish, holder, credentials)) };
      },
    );
    res.json(answer);
  });
}
