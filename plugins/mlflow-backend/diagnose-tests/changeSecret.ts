import type { KubernetesObject } from './Cluster.ts';
import type { Patient } from './Patient.ts';

interface Secret extends KubernetesObject {
  data?: Record<string, string>;
}

/** The values of a Secret of the instance, in clear. */
export async function readSecret(
  { cluster }: Patient,
  name: string,
): Promise<Record<string, string>> {
  const { data = {} } = (await cluster.read<Secret>('secret', name)) ?? {};
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      key,
      Buffer.from(value, 'base64').toString(),
    ]),
  );
}

/**
 * Changes values of a Secret by hand, or takes them away where the value is
 * undefined. The mend puts back those that were there.
 */
export async function changeSecret(
  patient: Patient,
  name: string,
  values: Record<string, string | undefined>,
): Promise<void> {
  const held = await readSecret(patient, name);
  const put = (wanted: Record<string, string | undefined>) =>
    patient.cluster.patch('secret', name, {
      data: Object.fromEntries(
        Object.entries(wanted).map(([key, value]) => [
          key,
          value === undefined ? null : Buffer.from(value).toString('base64'),
        ]),
      ),
    });
  const before = Object.fromEntries(
    Object.keys(values).map(key => [key, held[key]]),
  );
  patient.onMend(() => put(before));
  await put(values);
}
