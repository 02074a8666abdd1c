import type { KubernetesObject } from '../Cluster.ts';
import type { Provocation } from '../Provocation.ts';
import { restart } from '../restart.ts';

const QUOTA = 'diagnose-quota';

interface Deployment extends KubernetesObject {
  status?: { conditions?: { type: string; status: string }[] };
}

export const quotaReached: Provocation = {
  cause: 'quota-reached',
  what: 'a quota allows the pods that run and no other, and a server is to start',
  async provoke(patient) {
    const { cluster, base, onMend } = patient;
    onMend(async () => {
      await cluster.delete('resourcequota', QUOTA);
      // The controller of the last revision waits longer after each refusal.
      await restart(patient);
    });
    const pods = await cluster.list('pods');
    await cluster.create({
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: QUOTA },
      spec: { hard: { pods: String(pods.length) } },
    });
    await restart(patient);
    await patient.until('a pod is refused', async () => {
      const found = await cluster.read<Deployment>('deployment', base);
      return (found?.status?.conditions ?? []).some(
        ({ type, status }) => type === 'ReplicaFailure' && status === 'True',
      );
    });
  },
};
