import { ConflictError } from '@backstage/errors';
import { ForeignObjectError } from '../systems/ForeignObjectError';
import { SecretValues } from '../systems/secrets/SecretStore';
import { Change, StepContext } from './Step';

/** What the store holds under a name: the instance's values, or another's. */
export interface ObservedSecret {
  /** Absent when there are none, or when they are not the instance's. */
  values?: SecretValues;
  conflict?: Change;
}

/**
 * Reads a secret of the instance. One that is not the instance's is a line of
 * the plan and no error, so that the plan shows all else too.
 */
export async function observeSecret(
  {
    instance,
    platform,
    signal,
  }: Pick<StepContext, 'instance' | 'signal'> & {
    platform: Pick<StepContext['platform'], 'secrets'>;
  },
  name: string,
): Promise<ObservedSecret> {
  try {
    return { values: await platform.secrets.read(instance, name, signal) };
  } catch (error) {
    if (!(error instanceof ConflictError)) {
      throw error;
    }
    const found =
      error instanceof ForeignObjectError ? error.owner : error.message;
    return {
      conflict: {
        system: 'Kubernetes',
        object: `secret ${name}`,
        action: 'conflict',
        detail: found,
        found,
      },
    };
  }
}

/** The conflicts among what was read. */
export function conflictsOf(secrets: ObservedSecret[]): Change[] {
  return secrets.flatMap(({ conflict }) => (conflict ? [conflict] : []));
}
