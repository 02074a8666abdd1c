import type { KubernetesObject } from './Cluster.ts';
import type { Patient } from './Patient.ts';

/** The server's container, as far as it is changed. */
export interface Container {
  name: string;
  image: string;
  args: string[];
  env: { name: string; value?: string; valueFrom?: unknown }[];
  resources?: unknown;
  [key: string]: unknown;
}

interface Deployment extends KubernetesObject {
  spec: {
    template: { spec: { containers: [Container]; [key: string]: unknown } };
  };
}

const POINTER = '/spec/template/spec/containers/0';

/**
 * Changes the server's container in its Deployment by hand, as somebody with
 * kubectl does. The mend puts the container back as it was.
 */
export async function changeContainer(
  { cluster, base, onMend }: Patient,
  change: (container: Container) => Container,
): Promise<void> {
  const found = await cluster.read<Deployment>('deployment', base);
  if (!found) throw new Error(`no Deployment ${base}`);
  const [container] = found.spec.template.spec.containers;
  const put = (value: Container) =>
    cluster.patch(
      'deployment',
      base,
      [{ op: 'replace', path: POINTER, value }],
      'json',
    );
  onMend(() => put(container));
  await put(change(container));
}

/** Sets variables of the server, or takes them away where the value is undefined. */
export function changeEnvironment(
  patient: Patient,
  values: Record<string, string | undefined>,
): Promise<void> {
  return changeContainer(patient, container => ({
    ...container,
    env: [
      ...container.env.filter(({ name }) => !(name in values)),
      ...Object.entries(values).flatMap(([name, value]) =>
        value === undefined ? [] : [{ name, value }],
      ),
    ],
  }));
}
