import { createHmac } from 'node:crypto';
import { SecretValues } from '../systems/secrets/SecretStore';
import { settled } from '../systems/settled';
import { observeSecret } from './observeSecret';
import { StepContext } from './Step';

/** Of a secret that does not exist yet. */
const NONE = 'none';

/**
 * A text that changes with any value that the servers read at their start. It
 * stands in the Deployment, where more people look than at Secrets: the key of
 * the hash is a random secret of the instance itself, so that nobody can try
 * values against it.
 */
export function secretsDigest(
  secrets: Record<string, SecretValues | undefined>,
  key: string | undefined,
): string {
  return key
    ? createHmac('sha256', key)
        .update(JSON.stringify(sortedEntries(secrets, sortedValues)))
        .digest('hex')
        .slice(0, 32)
    : NONE;
}

/** {@link secretsDigest} of what the store holds now. */
export async function readSecretsDigest(ctx: StepContext): Promise<string> {
  const { secrets: names } = ctx.instance.names;
  // One that is another's is a conflict of the step that makes it.
  const read = async (name: string) => (await observeSecret(ctx, name)).values;
  const [database, objectStore, oidc, flask] = await settled([
    read(names.database),
    read(names.objectStore),
    read(names.oidc),
    read(names.flask),
  ]);
  return secretsDigest(
    { database, objectStore, oidc, flask },
    oidc?.SECRET_KEY,
  );
}

function sortedValues(values: SecretValues | undefined): unknown {
  return sortedEntries(values ?? {}, value => value);
}

function sortedEntries<T>(
  object: Record<string, T>,
  map: (value: T) => unknown,
): [string, unknown][] {
  return Object.entries(object)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => [key, map(value)]);
}
