import { GROUPS_SCOPE } from '../../steps/identityWanted';
import { askedLogin } from '../askedLogin';
import { Cause } from '../Cause';
import { groupsMappers, inIdToken } from '../groupsMappers';
import { groupsScopeRemedy, mayChangeGroupsScope } from '../groupsScopeOwner';
import { heldIdentity } from '../heldIdentity';

/** Groups stand in other tokens than the one that MLflow reads. */
export const groupsMapperNotInIdToken: Cause = {
  name: 'groups-mapper-not-in-id-token',
  condition: 'Identity',
  severity: 'error',
  template: 'mlflow-repair',
  detect(facts) {
    const { instance } = facts;
    const held = heldIdentity(facts);
    const mappers = held ? groupsMappers(held, askedLogin(facts)) : [];
    if (!held || mappers.length === 0 || inIdToken(mappers).length > 0) {
      return undefined;
    }
    const [{ mapper, place }] = mappers;
    return {
      title: `MLflow lets nobody in: mapper ${mapper.name} of ${place} does not write groups into the ID token, where MLflow looks for them.`,
      evidence: mappers.map(found => ({
        source: `Keycloak: ${found.place}, mapper ${found.mapper.name}`,
        text: `id.token.claim: ${
          found.mapper.config['id.token.claim'] ?? 'not set'
        }`,
      })),
      remedy: `Switch on "Add to ID token" of mapper ${
        mapper.name
      }. ${groupsScopeRemedy(instance, held)}`,
      values: { scope: GROUPS_SCOPE, mapper: mapper.name, place },
      mendable: mayChangeGroupsScope(instance, held),
    };
  },
};
