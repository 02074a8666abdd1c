import { changeContainer } from '../changeContainer.ts';
import type { Provocation } from '../Provocation.ts';

export const outOfMemory: Provocation = {
  cause: 'out-of-memory',
  what: 'the memory limit of the Deployment is set to 100Mi',
  async provoke(patient) {
    await changeContainer(patient, container => ({
      ...container,
      resources: {
        requests: { cpu: '100m', memory: '64Mi' },
        limits: { cpu: '2', memory: '100Mi' },
      },
    }));
    await patient.until('a pod is killed for its memory', async () =>
      (
        await patient.cluster.kubectl('get', 'pods', '-o', 'json')
      ).includes('OOMKilled'),
    );
  },
};
