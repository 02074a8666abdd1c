import type { Provocation } from '../Provocation.ts';

export const loginPageRefused: Provocation = {
  cause: 'login-page-refused',
  what: 'the client may not begin logins in a browser',
  async provoke({ base, onMend, realm }) {
    const { id } = await realm.client(base);
    const set = (standardFlowEnabled: boolean) =>
      realm.call('PUT', `/clients/${id}`, {
        clientId: base,
        standardFlowEnabled,
      });
    onMend(() => set(true));
    await set(false);
  },
};
