import type { Provocation } from '../Provocation.ts';

export const scaledToZero: Provocation = {
  cause: 'scaled-to-zero',
  what: 'the Deployment is scaled to zero',
  async provoke({ cluster, deployment, onMend }) {
    onMend(() => cluster.kubectl('scale', deployment, '--replicas=1'));
    await cluster.kubectl('scale', deployment, '--replicas=0');
  },
};
