import { createHash } from 'node:crypto';
import { InstanceSpec, PlanChange } from 'backstage-plugin-mlflow-common';

/**
 * Fingerprint of what a person agrees to with a plan: the settings, what is in
 * the way, and what will be lost or out of service. What is merely to be made
 * does not matter: another run may have built the image meanwhile.
 *
 * @returns sha256 in hex
 */
export function planDigest(spec: InstanceSpec, changes: PlanChange[]): string {
  const settings = Object.entries(spec).sort(([a], [b]) => (a < b ? -1 : 1));
  const risks = changes
    .filter(isRisk)
    .map(({ system, object, action, found }) =>
      JSON.stringify([system, object, action, found ?? '']),
    )
    .sort();
  return createHash('sha256')
    .update(JSON.stringify([settings, risks]))
    .digest('hex');
}

/** Whether a person must have seen the change before it is made. */
export function isRisk({ action, destructive }: PlanChange): boolean {
  return action === 'conflict' || destructive === true;
}
