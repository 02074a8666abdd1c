import {
  ConditionType,
  Finding,
  InstanceCondition,
} from 'backstage-plugin-mlflow-common';
import { Drift } from '../../diagnostics/Drift';
import { Facts } from '../../diagnostics/Facts';
import { judgeArtifacts } from './artifacts';
import { judgeBucket } from './bucket';
import { judgeDatabase } from './database';
import { judgeDrift } from './drift';
import { judgeIdentity } from './identity';
import { broken, Judgement } from './Judgement';
import { judgeLogin } from './login';
import { judgeMetrics } from './metrics';
import { judgeSecrets } from './secrets';

type Looked = Facts & { drift: Drift };

/** How each condition is judged that only a look can tell. */
const JUDGES: readonly [ConditionType, (looked: Looked) => Judgement][] = [
  ['Secrets', judgeSecrets],
  ['Database', judgeDatabase],
  ['Bucket', judgeBucket],
  ['Identity', judgeIdentity],
  ['Login', judgeLogin],
  ['Artifacts', judgeArtifacts],
  ['Metrics', judgeMetrics],
  ['Drift', ({ drift }) => judgeDrift(drift)],
];

/** The conditions that only a look can tell. */
export const REPORTED_TYPES = JUDGES.map(([type]) => type);

/**
 * The conditions as a look found them. What a finding says of one outweighs what
 * it looks like by itself. Pure.
 *
 * @param before - conditions of the look before: what is as it was, is so since
 * then
 */
export function reportedConditions(
  looked: Looked,
  findings: Finding[],
  before: InstanceCondition[],
): InstanceCondition[] {
  const at = looked.now.toISOString();
  return JUDGES.map(([type, judged]) => {
    const finding = findings.find(
      found => found.condition === type && found.severity === 'error',
    );
    const found = finding ? broken(finding) : judged(looked);
    const earlier = before.find(known => known.type === type);
    return {
      type,
      ...found,
      since:
        earlier?.status === found.status && earlier.since ? earlier.since : at,
      checkedAt: at,
    };
  });
}
