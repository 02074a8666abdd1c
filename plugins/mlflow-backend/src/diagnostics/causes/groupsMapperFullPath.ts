import { GROUPS_SCOPE } from '../../steps/identityWanted';
import { askedLogin } from '../askedLogin';
import { Cause } from '../Cause';
import { groupsMappers, inIdToken, writesPaths } from '../groupsMappers';
import { groupsScopeRemedy, mayChangeGroupsScope } from '../groupsScopeOwner';
import { heldIdentity } from '../heldIdentity';

/** Tokens name groups by paths, and MLflow compares names. */
export const groupsMapperFullPath: Cause = {
  name: 'groups-mapper-full-path',
  condition: 'Identity',
  severity: 'error',
  template: 'mlflow-repair',
  detect(facts) {
    const { instance } = facts;
    const held = heldIdentity(facts);
    const mappers = held
      ? inIdToken(groupsMappers(held, askedLogin(facts)))
      : [];
    if (!held || mappers.length === 0 || !mappers.every(writesPaths)) {
      return undefined;
    }
    const [{ mapper, place }] = mappers;
    const { userGroup } = instance.names;
    return {
      title: `MLflow lets nobody in: mapper ${mapper.name} of ${place} writes /${userGroup}, and MLflow looks for ${userGroup}.`,
      evidence: mappers.map(found => ({
        source: `Keycloak: ${found.place}, mapper ${found.mapper.name}`,
        text: 'full.path: true',
      })),
      remedy: `Switch off "Full group path" of mapper ${
        mapper.name
      }. ${groupsScopeRemedy(instance, held)}`,
      values: {
        scope: GROUPS_SCOPE,
        mapper: mapper.name,
        place,
        group: userGroup,
      },
      mendable: mayChangeGroupsScope(instance, held),
    };
  },
};
