import { changeContainer } from '../changeContainer.ts';
import type { Provocation } from '../Provocation.ts';

export const unschedulable: Provocation = {
  cause: 'unschedulable',
  what: 'the server asks for more memory than any node has',
  async provoke(patient) {
    await changeContainer(patient, container => ({
      ...container,
      resources: {
        requests: { cpu: '100m', memory: '900Gi' },
        limits: { cpu: '2', memory: '900Gi' },
      },
    }));
    await patient.until('a pod is unschedulable', async () =>
      (
        await patient.cluster.kubectl('get', 'pods', '-o', 'json')
      ).includes('"Unschedulable"'),
    );
  },
};
