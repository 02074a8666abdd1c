import { ServiceUnavailableError } from '@backstage/errors';
import { LoginCheck } from 'backstage-plugin-mlflow-common';
import { askSystem } from '../plan/askSystem';
import { StepContext } from '../steps/Step';
import { ObservedInstance } from '../watch/ObservedInstance';
import { diagnose } from './diagnose';
import { gatherIdentity } from './facts/gatherIdentity';
import { gatherPerson } from './facts/gatherPerson';
import { IDENTITY_CAUSES } from './identityCauses';
import { loginCheck } from './loginCheck';

/** How long it may take to look somebody up, in milliseconds. */
const PERSON_MS = 6_000;

const UNASKED = { problem: 'It is not asked about a login.' };

/**
 * Asks the identity provider why somebody can or can't log in. It only reads.
 *
 * @param user - user name or e-mail address
 * @throws ServiceUnavailableError when the identity provider cannot be asked and
 * no cause says why
 */
export async function checkLogin(
  ctx: StepContext,
  observed: ObservedInstance,
  user: string,
): Promise<LoginCheck> {
  const { instance, platform } = ctx;
  const [identity, person] = await Promise.all([
    gatherIdentity(ctx),
    askSystem(
      'Keycloak',
      ctx.signal,
      signal => gatherPerson({ ...ctx, signal }, user),
      PERSON_MS,
    ),
  ]);
  const common = diagnose(
    {
      now: new Date(),
      instance,
      platform: platform.config,
      observed,
      cluster: UNASKED,
      server: UNASKED,
      databases: UNASKED,
      store: UNASKED,
      identity: { value: identity },
    },
    IDENTITY_CAUSES,
  );
  if ('value' in person) {
    return loginCheck(instance, user, person.value, common);
  }
  if (common.some(({ severity }) => severity === 'error')) {
    return { user, allowed: false, admin: false, findings: common };
  }
  throw new ServiceUnavailableError(person.problem);
}
