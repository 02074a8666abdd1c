import type { Provocation } from '../Provocation.ts';

export const redirectUriMismatch: Provocation = {
  cause: 'redirect-uri-mismatch',
  what: 'the redirect URI of the client is another one',
  async provoke({ base, onMend, realm }) {
    const client = await realm.client(base);
    const set = (redirectUris: string[]) =>
      realm.call('PUT', `/clients/${client.id}`, {
        clientId: base,
        redirectUris,
      });
    onMend(() => set(client.redirectUris));
    await set(['https://elsewhere.example.com/callback']);
  },
};
