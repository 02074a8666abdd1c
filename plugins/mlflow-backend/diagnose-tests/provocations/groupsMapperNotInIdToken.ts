import { changeGroupsMapper } from '../groupsScope.ts';
import type { Provocation } from '../Provocation.ts';

export const groupsMapperNotInIdToken: Provocation = {
  cause: 'groups-mapper-not-in-id-token',
  what: 'the mapper of client scope groups leaves the ID token out',
  alone: true,
  provoke: patient =>
    changeGroupsMapper(patient, { 'id.token.claim': 'false' }),
};
