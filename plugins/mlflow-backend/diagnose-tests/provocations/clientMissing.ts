import type { Provocation } from '../Provocation.ts';

export const clientMissing: Provocation = {
  cause: 'client-missing',
  what: 'the client gets another id, so that none has the old one',
  async provoke({ base, onMend, realm }) {
    const { id } = await realm.client(base);
    const set = (clientId: string) =>
      realm.call('PUT', `/clients/${id}`, { clientId });
    onMend(() => set(base));
    await set(`${base}-gone`);
  },
};
