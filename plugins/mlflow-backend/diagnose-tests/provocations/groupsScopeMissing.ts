import type { Provocation } from '../Provocation.ts';
import { groupsScope } from '../groupsScope.ts';

export const groupsScopeMissing: Provocation = {
  cause: 'groups-scope-missing',
  what: 'client scope groups is taken from the client',
  async provoke({ base, onMend, realm }) {
    const { id } = await realm.client(base);
    const scope = await groupsScope(realm);
    const path = `/clients/${id}/default-client-scopes/${scope.id}`;
    onMend(() => realm.call('PUT', path));
    await realm.call('DELETE', path);
  },
};
