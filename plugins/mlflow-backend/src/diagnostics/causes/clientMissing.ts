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
    const used = [askedLogin(facts).client, held.clientOfSecret ?? ''].find(
      client => client !== '' && client !== names.client,
    );
    if (!used) {
      return undefined;
    }
    return {
      title: `MLflow logs people in by client ${used} instead of its own, ${names.client}.`,
      evidence: [
        {
          source: `Kubernetes: secret ${names.namespace}/${names.secrets.oidc}, OIDC_CLIENT_ID`,
          text: held.clientOfSecret ?? 'none',
        },
      ],
      remedy: `Run the repair: it names client ${names.client} to the server again.`,
      values: { client: used, realm },
    };
  },
};
