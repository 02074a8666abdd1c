import { Cause } from '../diagnostics/Cause';
import { diagnose } from '../diagnostics/diagnose';
import { Drift } from '../diagnostics/Drift';
import { Facts } from '../diagnostics/Facts';
import { reportedConditions } from './conditions/reported';
import { HealthReport } from './HealthReport';

/**
 * What a look comes to. Pure.
 *
 * @param before - the report of the look before
 */
export function reportOf(
  facts: Facts,
  drift: Drift,
  causes: readonly Cause[],
  before: HealthReport | undefined,
): HealthReport {
  const { record } = facts.observed;
  const findings = diagnose(facts, causes);
  return {
    id: record.id,
    generation: record.generation,
    at: facts.now.toISOString(),
    findings,
    conditions: reportedConditions(
      { ...facts, drift },
      findings,
      before?.id === record.id ? before.conditions : [],
    ),
  };
}
