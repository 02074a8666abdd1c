import { Finding } from 'backstage-plugin-mlflow-common';
import { Cause } from './Cause';
import { Facts } from './Facts';

const GRAVITY: Record<Finding['severity'], number> = { error: 0, warning: 1 };

/**
 * What is wrong with an instance, the gravest first. What follows from another
 * finding is left out, and symptoms are where a reason is told. Pure.
 */
export function diagnose(facts: Facts, causes: readonly Cause[]): Finding[] {
  const found = causes.flatMap(cause => {
    const detected = cause.detect(facts);
    return detected ? [{ cause, detected }] : [];
  });
  const hidden = new Set(found.flatMap(({ cause }) => cause.hides ?? []));
  const told = found.filter(({ cause }) => !hidden.has(cause.name));
  const explained = told.some(
    ({ cause }) => cause.severity === 'error' && !cause.fallback,
  );
  return told
    .filter(({ cause }) => !(cause.fallback && explained))
    .map(({ cause, detected: { mendable = true, ...detected } }) => ({
      cause: cause.name,
      condition: cause.condition,
      severity: cause.severity,
      ...detected,
      ...(cause.template && mendable && { template: cause.template }),
    }))
    .sort((a, b) => GRAVITY[a.severity] - GRAVITY[b.severity]);
}
