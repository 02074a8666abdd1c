import type { Provocation } from '../Provocation.ts';

export const groupHomonym: Provocation = {
  cause: 'group-homonym',
  what: 'another group gets a subgroup with the name of the admins',
  async provoke({ base, onMend, realm }) {
    const parent = `${base}-elsewhere`;
    const path = `/group-by-path/${parent}`;
    onMend(async () => {
      const made = await realm.call<{ id: string }>('GET', path);
      await realm.call('DELETE', `/groups/${made?.id}`);
    });
    await realm.call('POST', '/groups', { name: parent });
    const made = await realm.call<{ id: string }>('GET', path);
    await realm.call('POST', `/groups/${made?.id}/children`, {
      name: `${base}-admins`,
    });
  },
};
