import type { Provocation } from '../Provocation.ts';

export const clientDisabled: Provocation = {
  cause: 'client-disabled',
  what: 'the client is switched off',
  async provoke({ base, onMend, realm }) {
    const { id } = await realm.client(base);
    const set = (enabled: boolean) =>
      realm.call('PUT', `/clients/${id}`, { clientId: base, enabled });
    onMend(() => set(true));
    await set(false);
  },
};
