import { instanceNames } from 'backstage-plugin-mlflow-common';
import { releaseOf } from '../releases/releases';
import { Instance } from '../steps/Step';
import { InstanceRecord } from './InstanceRecord';

/** The instance of a record, its names derived anew. */
export function toInstance(record: InstanceRecord): Instance {
  return {
    id: record.id,
    mark: `${record.platformId}/${record.id}`,
    spec: record.spec,
    names: instanceNames(record.spec.name),
    release: releaseOf(record.spec.line),
  };
}
