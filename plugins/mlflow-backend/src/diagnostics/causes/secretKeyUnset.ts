import { Cause } from '../Cause';
import { known } from '../Facts';
import { SECRET_KEY } from '../neededSecrets';
import { linesOf } from '../podStates';

/** Each start of a server makes a key of its own, and sessions end with it. */
export const secretKeyUnset: Cause = {
  name: 'secret-key-unset',
  condition: 'Secrets',
  severity: 'error',
  template: 'mlflow-repair',
  hides: ['secret-key-differs'],
  detect(facts) {
    const { cluster, instance, observed } = facts;
    const found = known(cluster);
    if (!found || !observed.deployment) {
      return undefined;
    }
    const { plain, fromSecrets } = found.settings;
    const from = fromSecrets[SECRET_KEY];
    const empty =
      from &&
      found.secrets.some(
        ({ name, empty: keys }) =>
          name === from.secret && keys.includes(from.key),
      );
    if (plain[SECRET_KEY] || (from && !empty)) {
      return undefined;
    }
    const { namespace, secrets } = instance.names;
    return {
      title: `${SECRET_KEY} is not set: every start of a server ends all sessions, and several servers do not know each other's.`,
      evidence: [
        {
          source: `Kubernetes: secret ${namespace}/${secrets.oidc}`,
          text: `no value for ${SECRET_KEY}`,
        },
        ...linesOf(facts, /SECRET_KEY is not configured/),
      ],
      remedy:
        'Run the repair: it makes a key and starts the server anew. People log in once more.',
      values: { namespace, secret: secrets.oidc },
    };
  },
};
