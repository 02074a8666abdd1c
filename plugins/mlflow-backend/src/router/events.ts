import { mlflowInstanceLogsReadPermission } from 'backstage-plugin-mlflow-common';
import { toInstance } from '../instances/toInstance';
import { readEvents } from '../views/events';
import { answerInTime } from './answerInTime';
import { InstanceAccess } from './InstanceAccess';
import { ApiRouter } from './RouterOptions';

/** `GET /v1/entity/:namespace/:kind/:name/events` */
export function addEventsRoute(
  router: ApiRouter,
  access: InstanceAccess,
): void {
  router.get('/v1/entity/:namespace/:kind/:name/events', async (req, res) => {
    const events = await access.answer(
      req,
      {
        eventId: 'instance-events-fetch',
        permission: mlflowInstanceLogsReadPermission,
      },
      ({ platform, observed }) =>
        answerInTime('Kubernetes', res, signal =>
          readEvents(platform.kubernetes, toInstance(observed.record), signal),
        ),
    );
    res.json(events);
  });
}
