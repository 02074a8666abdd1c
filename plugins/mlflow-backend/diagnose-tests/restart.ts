import type { KubernetesObject } from './Cluster.ts';
import type { Patient } from './Patient.ts';

interface Pod extends KubernetesObject {
  status?: {
    containerStatuses?: {
      restartCount: number;
      state?: { waiting?: { reason?: string }; terminated?: object };
    }[];
  };
}

/** Without those that are on their way out, as an earlier cause left them. */
async function present({ cluster }: Patient): Promise<Pod[]> {
  const pods = await cluster.list<Pod>('pods');
  return pods.filter(({ metadata }) => !metadata.deletionTimestamp);
}

/** Lets new servers start, as `kubectl rollout restart` does. */
export async function restart({ cluster, deployment }: Patient) {
  await cluster.kubectl('rollout', 'restart', deployment);
}

/** Waits until a server has ended by itself. */
export async function untilCrashed(patient: Patient): Promise<void> {
  await patient.until('a server ends by itself', async () =>
    (
      await present(patient)
    ).some(({ status }) =>
      (status?.containerStatuses ?? []).some(
        ({ restartCount, state }) =>
          state?.terminated ||
          (restartCount > 0 && state?.waiting?.reason === 'CrashLoopBackOff'),
      ),
    ),
  );
}

/** Waits until a server waits for one of these reasons. */
export async function untilWaiting(
  patient: Patient,
  reasons: string[],
): Promise<void> {
  await patient.until(`a server waits for ${reasons}`, async () =>
    (
      await present(patient)
    ).some(({ status }) =>
      (status?.containerStatuses ?? []).some(({ state }) =>
        reasons.includes(state?.waiting?.reason ?? ''),
      ),
    ),
  );
}
