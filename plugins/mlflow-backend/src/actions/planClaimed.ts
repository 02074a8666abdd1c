import { ConflictError } from '@backstage/errors';
import { ActionContext } from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';
import { PlanChange } from 'backstage-plugin-mlflow-common';
import { assertPlanned } from '../plan/assertPlanned';
import { candidateInstance } from '../plan/candidateInstance';
import { planClaim } from '../plan/planClaim';
import { planInstance, PlanRequest } from '../plan/planInstance';
import { toInstance } from '../instances/toInstance';
import { DryRuns } from './DryRuns';
import { logChanges } from './logPlan';

const DEADLINE_MS = 30_000;

type ClaimContext = Pick<
  ActionContext<JsonObject>,
  'logger' | 'signal' | 'task'
>;

/**
 * Looks again before a run begins, since things may have changed since a person
 * saw the plan. What is against name and host, the claim itself says.
 *
 * @param digest - of the plan that the person saw
 * @throws ConflictError in one sentence
 */
export async function assertStillPlanned(
  request: PlanRequest,
  digest: string | undefined,
  ctx: ClaimContext,
): Promise<void> {
  const plan = await planInstance(request, signalOf(ctx), { risksOnly: true });
  const [claim] = plan.steps;
  assertPlanned(
    {
      ...plan,
      conflicts: plan.conflicts.filter(
        ({ object }) => !claim.changes.some(other => other.object === object),
      ),
    },
    digest,
  );
}

/**
 * The claim of a dry run: writes no record, and leaves what later actions of the
 * same dry run need.
 *
 * @throws ConflictError when name or host cannot be had
 */
export async function dryRunClaim(
  request: PlanRequest,
  dryRuns: DryRuns,
  ctx: ClaimContext,
): Promise<PlanChange[]> {
  const { changes, record, platformId } = await planClaim(
    request,
    signalOf(ctx),
  );
  logChanges(ctx.logger, changes);
  const conflicts = changes.filter(({ action }) => action === 'conflict');
  if (conflicts.length > 0) {
    throw new ConflictError(
      conflicts
        .map(({ object, detail }) => `The ${object} cannot be had: ${detail}.`)
        .join(' '),
    );
  }
  dryRuns.remember(ctx.task.id, {
    instance: record
      ? toInstance(record)
      : candidateInstance(request.spec, platformId),
    creator: record?.createdBy ?? request.creator,
  });
  return changes;
}

function signalOf({ signal }: ClaimContext): AbortSignal {
  const timeout = AbortSignal.timeout(DEADLINE_MS);
  return signal ? AbortSignal.any([signal, timeout]) : timeout;
}
