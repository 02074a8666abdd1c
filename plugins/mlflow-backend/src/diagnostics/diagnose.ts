import { Finding } from 'backstage-plugin-mlflow-common';
import { Cause } from './Cause';
import { Facts } from './Facts';

const GRAVITY: Record<Finding['severity'], number> = { error: 0, warning: 1 };

/**
 * What is wrong with an instance, the gravest first. What follows from another
 * finding is left out. Pure.
 */
export function diagnose(facts: Facts, causes: readonly Cause[]): Finding[] {
  const found = causes.flatMap(cause => {
    const detected = cause.detect(facts);
    return detected ? [{ cause, detected }] : [];
  });
  const hidden = new Set(found.flatMap(({ cause }) => cause.hides ?? []));
  return found
    .filter(({ cause }) => !hidden.has(cause.name))
    .map(({ cause, detected }) => ({
      cause: cause.name,
      condition: cause.condition,
      severity: cause.severity,
      ...detected,
      ...(cause.template && { template: cause.template }),
    }))
    .sort((a, b) => GRAVITY[a.severity] - GRAVITY[b.severity]);
}
