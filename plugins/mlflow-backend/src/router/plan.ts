import { planInstance } from '../plan/planInstance';
import { planRequest } from '../plan/planRequest';
import { audited } from './audited';
import { ApiRouter, RouterOptions } from './RouterOptions';
import { untilClosed } from './untilClosed';

/** `POST /v1/plan` */
export function addPlanRoute(router: ApiRouter, options: RouterOptions): void {
  const { httpAuth } = options;

  router.post('/v1/plan', async (req, res) => {
    const { platform, name } = req.body;
    const plan = await audited(
      options,
      {
        eventId: 'instance-plan',
        request: req,
        meta: { instance: `${platform}/${name}` },
      },
      async () => {
        const credentials = await httpAuth.credentials(req, {
          allow: ['user'],
        });
        const request = await planRequest(options, req.body, {
          credentials,
          user: credentials.principal.userEntityRef,
        });
        return planInstance(request, untilClosed(res));
      },
    );
    res.json(plan);
  });
}
