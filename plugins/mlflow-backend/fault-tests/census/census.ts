import type { Context } from '@internal/mlflow-sandbox/src/part.ts';
import { keycloakObjects } from './keycloak.ts';
import { kubernetesObjects } from './kubernetes.ts';
import { mlflowObjects } from './mlflow.ts';
import { objectStoreObjects } from './objectStore.ts';
import { postgresObjects } from './postgres.ts';

/** Everything that exists of one instance in every system, one object a line. */
export type Census = string[];

/**
 * Counts what exists of an instance, by its name and by its mark, past the
 * portal and with the rights of each system's admin. The instance's name stands
 * as `<name>` in it, so that two instances can be compared.
 */
export async function census(context: Context, name: string): Promise<Census> {
  const found = await Promise.all([
    kubernetesObjects(context, name),
    postgresObjects(context, name),
    keycloakObjects(context, name),
    objectStoreObjects(context, name),
    mlflowObjects(context, name),
  ]);
  return found
    .flat()
    .map(line =>
      line
        .replaceAll(name, '<name>')
        .replaceAll(name.replaceAll('-', '_'), '<name>'),
    )
    .sort();
}

/** What one census has and the other has not; a duplicate counts as one more. */
export function differences(expected: Census, found: Census): string[] {
  const missing = without(expected, found).map(line => `missing: ${line}`);
  const extra = without(found, expected).map(line => `too much: ${line}`);
  return [...missing, ...extra];
}

function without(lines: Census, others: Census): string[] {
  const left = new Map<string, number>();
  others.forEach(line => left.set(line, (left.get(line) ?? 0) + 1));
  return lines.filter(line => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}
