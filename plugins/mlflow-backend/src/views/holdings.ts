import { Holdings, Unanswered } from 'backstage-plugin-mlflow-common';
import { askSystem } from '../plan/askSystem';
import { Platform } from '../platform/Platform';
import { Instance } from '../steps/Step';
import { readBucketHeld } from './bucketHeld';
import { readDatabasesHeld } from './databasesHeld';
import { readClientHeld, readGroupsHeld } from './identityHeld';
import { readSecretsHeld } from './secretsHeld';

/**
 * Asks all systems at once what they hold of an instance. One that does not
 * answer within its time is told in its place; the others answer all the same.
 */
export async function readHoldings(
  { kubernetes, keycloak, objectStore, postgres }: Platform,
  instance: Instance,
  signal: AbortSignal,
): Promise<Holdings> {
  const [databases, bucket, client, groups, secrets] = await Promise.all([
    part('PostgreSQL', signal, bounded =>
      readDatabasesHeld(postgres, instance, bounded),
    ),
    part('Object store', signal, bounded =>
      readBucketHeld(objectStore, instance, bounded),
    ),
    part('Keycloak', signal, bounded =>
      readClientHeld(keycloak, instance, bounded),
    ),
    part('Keycloak', signal, bounded =>
      readGroupsHeld(keycloak, instance, bounded),
    ),
    part('Kubernetes', signal, bounded =>
      readSecretsHeld(kubernetes, instance, bounded),
    ),
  ]);
  return { databases, bucket, client, groups, secrets };
}

async function part<T>(
  system: string,
  signal: AbortSignal,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T | Unanswered> {
  const answer = await askSystem(system, signal, ask);
  return 'problem' in answer ? answer : answer.value;
}
