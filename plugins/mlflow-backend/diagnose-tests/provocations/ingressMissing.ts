import type { Provocation } from '../Provocation.ts';

export const ingressMissing: Provocation = {
  cause: 'ingress-missing',
  what: 'the Ingress of the release is deleted',
  async provoke({ cluster, base, onMend }) {
    const found = await cluster.read('ingress', base);
    onMend(() => cluster.create(found));
    await cluster.delete('ingress', base);
  },
};
