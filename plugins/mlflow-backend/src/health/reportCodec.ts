import { V1ConfigMap } from '@kubernetes/client-node';
import { CONDITION_TYPES } from 'backstage-plugin-mlflow-common';
import { z } from 'zod';
import { MANAGED_BY_LABEL, MANAGER } from '../systems/kubernetes/labels';
import { HealthReport } from './HealthReport';

/** Label of a report; not the one by which records are found. */
const HEALTH_LABEL = 'mlflow.org/health';

/** Selects the reports among the ConfigMaps of the platform's namespace. */
export const HEALTH_SELECTOR = `${MANAGED_BY_LABEL}=${MANAGER},${HEALTH_LABEL}`;

const REPORT_KEY = 'health.json';

const conditionType = z.enum(CONDITION_TYPES);

const schema: z.ZodType<HealthReport> = z.object({
  id: z.string(),
  generation: z.number(),
  at: z.string(),
  findings: z.array(
    z.object({
      cause: z.string(),
      condition: conditionType,
      severity: z.enum(['error', 'warning']),
      title: z.string(),
      evidence: z.array(z.object({ source: z.string(), text: z.string() })),
      remedy: z.string(),
      template: z.string().optional(),
      values: z.record(z.string()),
    }),
  ),
  conditions: z.array(
    z.object({
      type: conditionType,
      status: z.enum(['True', 'False', 'Unknown']),
      reason: z.string(),
      message: z.string(),
      since: z.string().optional(),
      checkedAt: z.string().optional(),
    }),
  ),
});

/** Name of the ConfigMap that holds an instance's report. */
export function reportName(name: string): string {
  return `health-${name}`;
}

/** Name of the instance whose report this is. */
export function reportedInstance({ metadata }: V1ConfigMap): string {
  return metadata?.labels?.[HEALTH_LABEL] ?? '';
}

/**
 * The ConfigMap of a report. The cluster removes it with the record.
 *
 * @param owner - the ConfigMap of the record
 */
export function toReportMap(
  name: string,
  report: HealthReport,
  owner: { name: string; namespace: string; uid: string },
): V1ConfigMap {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: reportName(name),
      namespace: owner.namespace,
      labels: { [MANAGED_BY_LABEL]: MANAGER, [HEALTH_LABEL]: name },
      ownerReferences: [
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          name: owner.name,
          uid: owner.uid,
        },
      ],
    },
    data: { [REPORT_KEY]: JSON.stringify(report, undefined, 2) },
  };
}

/** The report in a ConfigMap; undefined when this version cannot read it. */
export function fromReportMap({ data }: V1ConfigMap): HealthReport | undefined {
  try {
    return schema.safeParse(JSON.parse(data?.[REPORT_KEY] ?? '')).data;
  } catch {
    return undefined;
  }
}
