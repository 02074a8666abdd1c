import type { Provocation } from '../Provocation.ts';

export const deploymentMissing: Provocation = {
  cause: 'deployment-missing',
  what: 'the Deployment is deleted',
  async provoke({ cluster, base, onMend }) {
    const found = await cluster.read('deployment', base);
    onMend(() => cluster.create(found));
    await cluster.delete('deployment', base);
  },
};
