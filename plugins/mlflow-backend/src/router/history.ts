import { mlflowInstanceReadPermission } from 'backstage-plugin-mlflow-common';
import { toInstance } from '../instances/toInstance';
import { readHistory } from '../views/history';
import { answerInTime } from './answerInTime';
import { InstanceAccess } from './InstanceAccess';
import { ApiRouter } from './RouterOptions';

/** `GET /v1/entity/:namespace/:kind/:name/history` */
export function addHistoryRoute(
  router: ApiRouter,
  access: InstanceAccess,
): void {
  router.get('/v1/entity/:namespace/:kind/:name/history', async (req, res) => {
    const revisions = await access.answer(
      req,
      {
        eventId: 'instance-history-fetch',
        permission: mlflowInstanceReadPermission,
      },
      ({ platform, observed }) =>
        answerInTime('Helm', res, signal =>
          readHistory(platform.helm, toInstance(observed.record), signal),
        ),
    );
    res.json(revisions);
  });
}
