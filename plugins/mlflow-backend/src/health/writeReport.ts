import { V1ConfigMap } from '@kubernetes/client-node';
import { InstanceRecord } from '../instances/InstanceRecord';
import { recordName } from '../instances/recordCodec';
import { Platform } from '../platform/Platform';
import { HealthReport } from './HealthReport';
import { toReportMap } from './reportCodec';

/** Who writes the reports, and nothing else. */
const FIELD_MANAGER = 'backstage-mlflow-health';

/** Writes a report beside the record of its instance, while there is one. */
export async function writeReport(
  { kubernetes, config }: Pick<Platform, 'kubernetes' | 'config'>,
  { spec }: InstanceRecord,
  report: HealthReport,
  signal: AbortSignal,
): Promise<void> {
  const { namespace } = config.kubernetes;
  const name = recordName(spec.name);
  const record = await kubernetes.get<V1ConfigMap>(
    { apiVersion: 'v1', kind: 'ConfigMap', name, namespace },
    signal,
  );
  const uid = record?.metadata?.uid;
  if (uid) {
    await kubernetes.apply(
      toReportMap(spec.name, report, { name, namespace, uid }),
      { fieldManager: FIELD_MANAGER, signal },
    );
  }
}
