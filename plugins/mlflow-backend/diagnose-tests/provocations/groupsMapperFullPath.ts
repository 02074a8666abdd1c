import { changeGroupsMapper } from '../groupsScope.ts';
import type { Provocation } from '../Provocation.ts';

export const groupsMapperFullPath: Provocation = {
  cause: 'groups-mapper-full-path',
  what: 'the mapper of client scope groups writes paths',
  alone: true,
  provoke: patient => changeGroupsMapper(patient, { 'full.path': 'true' }),
};
