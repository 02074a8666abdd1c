import type { Provocation } from '../Provocation.ts';

export const realmMissing: Provocation = {
  cause: 'realm-missing',
  what: 'the realm gets another name, so that none has the old one',
  alone: true,
  async provoke({ onMend, realm }) {
    onMend(await realm.rename());
  },
};
