import { askedLogin } from '../askedLogin';
import { Cause } from '../Cause';
import { known } from '../Facts';
import { heldIdentity } from '../heldIdentity';

/** MLflow logs people in by a client that Keycloak does not have. */
export const clientMissing: Cause = {
  name: 'client-missing',
  condition: 'Identity',
  severity: 'error',
  template: 'mlflow-repair',
  detect(facts) {
    const { names } = facts.instance;
    const held = heldIdentity(facts);
    if (!held) {
      return undefined;
    }
    const realm = known(facts.identity)?.realm ?? '';
    if (!held.client) {
      return {
        title: `Keycloak has no client ${names.client} any more, by which MLflow logs people in.`,
        evidence: [
          {
            source: `Keycloak: realm ${realm}`,
            text: `no client ${names.client}`,
          },
        ],
        remedy: `Run the repair: it makes client ${names.client} anew and gives its secret to the server.`,
        values: { client: names.client, realm },
      };
    }
    const [used] = [
      { source: 'MLflow: /login, client_id', text: askedLogin(facts).client },
      {
        source: `Kubernetes: secret ${names.namespace}/${names.secrets.oidc}, OIDC_CLIENT_ID`,
        text: held.clientOfSecret ?? names.client,
      },
    ].filter(({ text }) => text !== names.client);
    if (!used) {
      return undefined;
    }
    return {
      title: `MLflow logs people in by client ${used.text} instead of its own, ${names.client}.`,
      evidence: [used],
      remedy: `Run the repair: it names client ${names.client} to the server again.`,
      values: { client: used.text, realm },
    };
  },
};
