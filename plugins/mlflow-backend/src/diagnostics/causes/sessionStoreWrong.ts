import { Cause } from '../Cause';
import { known } from '../Facts';
import { linesOf, settingEvidence } from '../podStates';

const VARIABLE = 'SESSION_TYPE';

/** What mlflow-oidc-auth 5 can keep browser sessions in. */
const STORES = ['cachelib', 'redis'];

const NOT_IMPORTED = /Session module for \S+ could not be imported/;

/** Line 3.6 keeps sessions in something that it does not have. */
export const sessionStoreWrong: Cause = {
  name: 'session-store-wrong',
  condition: 'Login',
  severity: 'error',
  template: 'mlflow-repair',
  detect(facts) {
    const { instance, cluster, observed } = facts;
    const settings = known(cluster)?.settings;
    // Line 3.17 keeps sessions in its database, whatever the variable says.
    if (!settings || !observed.deployment || instance.release.sharedSessions) {
      return undefined;
    }
    const told = settings.plain[VARIABLE];
    if (told !== undefined && STORES.includes(told)) {
      return undefined;
    }
    return {
      title: `Browser sessions are kept in ${
        told ?? 'nothing'
      }, which mlflow-oidc-auth ${instance.release.oidcAuth} does not have.`,
      evidence: [
        settingEvidence(facts, VARIABLE, told),
        ...linesOf(facts, NOT_IMPORTED),
      ],
      remedy: `Set ${VARIABLE} to cachelib; the repair does it.`,
      values: { told: told ?? '' },
    };
  },
};
