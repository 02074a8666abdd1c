import { NOW } from '../__testUtils__/instances';
import { HealthReport } from './HealthReport';
import {
  fromReportMap,
  HEALTH_SELECTOR,
  reportedInstance,
  toReportMap,
} from './reportCodec';
import { RECORD_SELECTOR } from '../instances/recordCodec';

const report: HealthReport = {
  id: 'i',
  generation: 2,
  at: NOW.toISOString(),
  findings: [
    {
      cause: 'out-of-memory',
      condition: 'Server',
      severity: 'error',
      title: 't',
      evidence: [{ source: 's', text: 'x' }],
      remedy: 'r',
      template: 'mlflow-repair',
      values: { pod: 'p' },
    },
  ],
  conditions: [{ type: 'Login', status: 'Unknown', reason: 'r', message: 'm' }],
};

const owner = { name: 'instance-churn', namespace: 'n', uid: 'u' };

describe('a report in its ConfigMap', () => {
  const configMap = toReportMap('churn', report, owner);

  it('comes back as it was', () => {
    expect(fromReportMap(configMap)).toEqual(report);
    expect(reportedInstance(configMap)).toBe('churn');
  });

  it('goes with the record, and is not taken for one', () => {
    const { name, labels, ownerReferences } = configMap.metadata ?? {};
    expect(name).toBe('health-churn');
    expect(ownerReferences).toEqual([
      { apiVersion: 'v1', kind: 'ConfigMap', name: owner.name, uid: 'u' },
    ]);
    const selects = (selector: string) =>
      selector
        .split(',')
        .every(term => Object.keys(labels ?? {}).includes(term.split('=')[0]));
    expect(selects(HEALTH_SELECTOR)).toBe(true);
    expect(selects(RECORD_SELECTOR)).toBe(false);
  });

  it.each([[undefined], ['{'], ['{}'], ['{"id": 1}']])(
    'is none when it reads %s',
    text => {
      const data = text === undefined ? undefined : { 'health.json': text };
      expect(fromReportMap({ ...configMap, data })).toBeUndefined();
    },
  );
});
