import { GROUPS_SCOPE } from '../../steps/identityWanted';
import { askedLogin } from '../askedLogin';
import { Cause } from '../Cause';
import { known } from '../Facts';
import { getsGroupsScope } from '../groupsMappers';
import { heldIdentity } from '../heldIdentity';

/** MLflow asks for a scope that Keycloak does not give to its client. */
export const groupsScopeMissing: Cause = {
  name: 'groups-scope-missing',
  condition: 'Identity',
  severity: 'error',
  template: 'mlflow-repair',
  detect(facts) {
    const { client } = facts.instance.names;
    const held = heldIdentity(facts);
    if (!held || getsGroupsScope(held, askedLogin(facts)) !== false) {
      return undefined;
    }
    const realm = known(facts.identity)?.realm ?? '';
    const inRealm = held.scopes.some(({ name }) => name === GROUPS_SCOPE);
    return {
      title: `Keycloak refuses every login: client ${client} does not have the client scope ${GROUPS_SCOPE}, which MLflow asks for.`,
      evidence: [
        inRealm
          ? {
              source: `Keycloak: client ${client}, default client scopes`,
              text: held.client?.defaultScopes.join(', ') || 'none',
            }
          : {
              source: `Keycloak: realm ${realm}`,
              text: `no client scope ${GROUPS_SCOPE}`,
            },
      ],
      remedy: inRealm
        ? `Add client scope ${GROUPS_SCOPE} to the client as a default scope; the repair does it.`
        : `Run the repair: it makes client scope ${GROUPS_SCOPE} and gives it to this instance's clients. All instances of the realm need it.`,
      values: { client, realm, scope: GROUPS_SCOPE },
    };
  },
};
