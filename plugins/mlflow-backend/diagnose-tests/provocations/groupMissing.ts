import type { Provocation } from '../Provocation.ts';

export const groupMissing: Provocation = {
  cause: 'group-missing',
  what: 'the group of the users gets another name',
  async provoke({ base, onMend, realm }) {
    const name = `${base}-users`;
    const group = await realm.call<{ id: string }>(
      'GET',
      `/group-by-path/${name}`,
    );
    const set = (changed: string) =>
      realm.call('PUT', `/groups/${group?.id}`, { ...group, name: changed });
    onMend(() => set(name));
    await set(`${name}-gone`);
  },
};
