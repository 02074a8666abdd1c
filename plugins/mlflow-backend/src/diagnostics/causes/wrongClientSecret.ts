import { Cause } from '../Cause';
import { heldIdentity } from '../heldIdentity';

/** MLflow shows Keycloak a secret that is not the client's. */
export const wrongClientSecret: Cause = {
  name: 'wrong-client-secret',
  condition: 'Login',
  severity: 'error',
  template: 'mlflow-repair',
  hides: ['secret-key-differs'],
  detect(facts) {
    const { client, namespace, secrets } = facts.instance.names;
    if (heldIdentity(facts)?.secretMatches !== false) {
      return undefined;
    }
    return {
      title: `Every login fails at its last step: the server's secret of client ${client} is not the one that Keycloak has.`,
      evidence: [
        {
          source: `Kubernetes: secret ${namespace}/${secrets.oidc}, OIDC_CLIENT_SECRET`,
          text: `differs from the secret of client ${client} in Keycloak`,
        },
      ],
      remedy:
        'Run the repair: it takes the secret over from Keycloak and starts the server anew.',
      values: { client, namespace, secret: secrets.oidc },
    };
  },
};
