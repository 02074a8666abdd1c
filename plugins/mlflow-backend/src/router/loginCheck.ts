import { InputError } from '@backstage/errors';
import { mlflowInstanceUpdatePermission } from 'backstage-plugin-mlflow-common';
import { checkLogin } from '../diagnostics/checkLogin';
import { toInstance } from '../instances/toInstance';
import { answerInTime } from './answerInTime';
import { InstanceAccess } from './InstanceAccess';
import { OneAtATime } from './OneAtATime';
import { ApiRouter } from './RouterOptions';

/** As long as Keycloak lets a user name be. */
const LONGEST = 255;

/** `POST /v1/entity/:namespace/:kind/:name/login-check` */
export function addLoginCheckRoute(
  router: ApiRouter,
  access: InstanceAccess,
): void {
  const checks = new OneAtATime();

  router.post(
    '/v1/entity/:namespace/:kind/:name/login-check',
    async (req, res) => {
      const user = req.body.user.trim();
      const answer = await access.answer(
        req,
        {
          eventId: 'instance-login-check',
          permission: mlflowInstanceUpdatePermission,
          meta: { user: user.slice(0, LONGEST) },
        },
        ({ caller, observed, platform }) => {
          assertName(user);
          return checks.run(caller, 'A login check', () =>
            answerInTime('Keycloak', res, signal =>
              checkLogin(
                {
                  instance: toInstance(observed.record),
                  platform,
                  signal,
                  log: () => undefined,
                },
                observed,
                user,
              ),
            ),
          );
        },
      );
      res.json(answer);
    },
  );
}

function assertName(user: string): void {
  if (user === '' || user.length > LONGEST) {
    throw new InputError(
      `Name the person by user name or e-mail address, in ${LONGEST} characters at most.`,
    );
  }
}
