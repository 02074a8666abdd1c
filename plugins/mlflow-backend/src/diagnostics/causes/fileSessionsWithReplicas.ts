import { Cause } from '../Cause';
import { known } from '../Facts';
import { settingEvidence } from '../podStates';

/** Each of several servers knows its own sessions alone. */
export const fileSessionsWithReplicas: Cause = {
  name: 'file-sessions-with-replicas',
  condition: 'Login',
  severity: 'error',
  template: 'mlflow-repair',
  detect(facts) {
    const { cluster, instance, observed } = facts;
    const { namespace, release } = instance.names;
    const replicas = observed.deployment?.spec?.replicas ?? 1;
    const store = known(cluster)?.settings.plain.SESSION_TYPE;
    if (
      instance.release.sharedSessions ||
      replicas < 2 ||
      store !== 'cachelib'
    ) {
      return undefined;
    }
    return {
      title: `People are logged out again and again: ${replicas} servers keep their sessions apart.`,
      evidence: [
        {
          source: `Kubernetes: deployment ${namespace}/${release}`,
          text: `${replicas} replicas`,
        },
        settingEvidence(facts, 'SESSION_TYPE', store),
      ],
      remedy: `Scale Deployment ${namespace}/${release} to one server, or move to line 3.17, whose servers share sessions.`,
      values: { replicas: String(replicas) },
    };
  },
};
