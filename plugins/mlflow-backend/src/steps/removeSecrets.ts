import { settled } from '../systems/settled';
import { Instance, Removal, StepContext } from './Step';

/** Drops the keys that one part wrote into some secrets of the instance. */
export async function removeSecrets(
  ctx: {
    instance: Instance;
    platform: Pick<StepContext['platform'], 'secrets'>;
    signal: AbortSignal;
  },
  part: string,
  names: string[],
): Promise<Removal[]> {
  const { instance, platform, signal } = ctx;
  return settled(
    names.map(async (name): Promise<Removal> => {
      const result = await platform.secrets.remove(
        instance,
        name,
        part,
        signal,
      );
      return {
        system: platform.secrets.system,
        object: `secret ${name}`,
        result,
        ...(result === 'kept' ? { detail: 'it is not this instance’s' } : {}),
      };
    }),
  );
}
