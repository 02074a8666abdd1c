import { GROUPS_SCOPE } from '../../steps/identityWanted';
import { askedLogin } from '../askedLogin';
import { Cause } from '../Cause';
import { getsGroupsScope, groupsMappers } from '../groupsMappers';
import { groupsScopeRemedy, mayChangeGroupsScope } from '../groupsScopeOwner';
import { heldIdentity } from '../heldIdentity';

/** Tokens say nothing of groups, so that MLflow knows nobody's. */
export const groupsMapperMissing: Cause = {
  name: 'groups-mapper-missing',
  condition: 'Identity',
  severity: 'error',
  template: 'mlflow-repair',
  detect(facts) {
    const { instance } = facts;
    const held = heldIdentity(facts);
    const asked = askedLogin(facts);
    if (
      !held ||
      !getsGroupsScope(held, asked) ||
      groupsMappers(held, asked).length > 0
    ) {
      return undefined;
    }
    const scope = held.scopes.find(({ name }) => name === GROUPS_SCOPE);
    const mappers = scope?.mappers.map(({ name, type }) => `${name} (${type})`);
    return {
      title: `MLflow lets nobody in: client scope ${GROUPS_SCOPE} has no mapper that writes the claim groups into tokens.`,
      evidence: [
        {
          source: `Keycloak: client scope ${GROUPS_SCOPE}, mappers`,
          text: mappers?.join(', ') || 'none',
        },
      ],
      remedy: `Add a group membership mapper with the token claim name groups, without the full path, to the ID token, access token and user info. ${groupsScopeRemedy(
        instance,
        held,
      )}`,
      values: { scope: GROUPS_SCOPE },
      mendable: mayChangeGroupsScope(instance, held),
    };
  },
};
