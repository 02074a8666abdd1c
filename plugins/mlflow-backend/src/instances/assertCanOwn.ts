import { parseEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { instanceOfGroup } from 'backstage-plugin-mlflow-common';
import { RecordStore } from './RecordStore';

/**
 * A group that says who may use an instance owns none: it would come and go with
 * that instance.
 *
 * @param owner - entity reference of a group
 * @throws InputError
 */
export async function assertCanOwn(
  records: Pick<RecordStore, 'get'>,
  owner: string,
  signal?: AbortSignal,
): Promise<void> {
  const instance = instanceOfGroup(parseEntityRef(owner).name);
  if (instance && (await records.get(instance, signal))) {
    throw new InputError(
      `The group ${owner} says who may use the instance "${instance}", and owns none. Choose a team.`,
    );
  }
}
