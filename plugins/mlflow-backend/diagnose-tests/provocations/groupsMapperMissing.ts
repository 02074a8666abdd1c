import { groupsScope } from '../groupsScope.ts';
import type { Provocation } from '../Provocation.ts';

export const groupsMapperMissing: Provocation = {
  cause: 'groups-mapper-missing',
  what: 'client scope groups loses its mapper',
  alone: true,
  async provoke({ onMend, realm }) {
    const { id, protocolMappers } = await groupsScope(realm);
    const [mapper] = protocolMappers;
    const path = `/client-scopes/${id}/protocol-mappers/models`;
    onMend(() => realm.call('POST', path, mapper));
    await realm.call('DELETE', `${path}/${mapper.id}`);
  },
};
