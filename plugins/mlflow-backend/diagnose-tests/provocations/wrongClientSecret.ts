import { generateSecret } from '@internal/mlflow-sandbox/src/secrets.ts';
import type { Provocation } from '../Provocation.ts';

export const wrongClientSecret: Provocation = {
  cause: 'wrong-client-secret',
  what: 'Keycloak gets another secret of the client',
  async provoke({ base, onMend, realm }) {
    const { id } = await realm.client(base);
    const held = await realm.call<{ value: string }>(
      'GET',
      `/clients/${id}/client-secret`,
    );
    const set = (secret = '') =>
      realm.call('PUT', `/clients/${id}`, { clientId: base, secret });
    onMend(() => set(held?.value));
    await set(generateSecret());
  },
};
