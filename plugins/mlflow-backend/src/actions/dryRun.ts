import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { ActionContext } from '@backstage/plugin-scaffolder-node';
import {
  InstanceReference,
  mlflowInstanceCreatePermission,
  PlanChange,
} from 'backstage-plugin-mlflow-common';
import { wantedAccess } from '../catalog/people';
import { planEntity } from '../catalog/planEntity';
import { toInstance } from '../instances/toInstance';
import { authorizeInstance, instanceResource } from '../permissions';
import { Platform } from '../platform/Platform';
import { plannedSteps } from '../plan/plannedSteps';
import { shown } from '../plan/shown';
import { WantedAccess } from '../steps/access';
import { ActionDependencies } from './dependencies';
import { DryClaim } from './DryRuns';
import { requireReference } from './instanceAction';
import { logChanges } from './logPlan';

/** How long the systems of one step may take to be asked, in milliseconds. */
const DEADLINE_MS = 60_000;

/** What a dry run needs of an action's context. */
type DryContext = Pick<
  ActionContext<{ instance: string }>,
  'input' | 'logger' | 'task' | 'signal' | 'getInitiatorCredentials'
>;

/** What the dry run of an action on an instance works with. */
interface DryInstance extends DryClaim {
  ref: InstanceReference;
  platform: Platform;
  credentials: BackstageCredentials;
}

/**
 * What a step would do, by a look at the real system; nothing is written, not
 * even that somebody looked. Conflicts are lines like the others, so that one
 * dry run shows them all.
 *
 * @param name - of the step
 */
export async function dryRunStep(
  deps: ActionDependencies,
  ctx: DryContext,
  name: string,
): Promise<{ changes: PlanChange[]; access: WantedAccess }> {
  const dry = await dryInstance(deps, ctx);
  const { instance, creator, platform, credentials } = dry;
  const access = await wantedAccess(
    deps,
    { creator, owner: instance.spec.owner },
    platform.config.keycloak,
    credentials,
  );
  const step = plannedSteps(access).find(known => known.name === name);
  if (!step) {
    throw new NotFoundError(`There is no step ${name} to plan.`);
  }
  const timeout = AbortSignal.timeout(DEADLINE_MS);
  const changes = await step.plan({
    instance,
    platform,
    signal: ctx.signal ? AbortSignal.any([ctx.signal, timeout]) : timeout,
    log: message => ctx.logger.info(message),
  });
  logChanges(ctx.logger, changes);
  return { changes: changes.map(shown), access };
}

/** What the catalog would show in the end. */
export async function dryRunEntity(
  deps: ActionDependencies,
  ctx: DryContext,
): Promise<{ changes: PlanChange[]; ref: InstanceReference }> {
  const { ref, credentials } = await dryInstance(deps, ctx);
  const changes = await planEntity(deps.catalog, ref, credentials);
  logChanges(ctx.logger, changes);
  return { changes, ref };
}

/** What the same dry run claimed, or else an instance that exists. */
async function dryInstance(
  deps: ActionDependencies,
  ctx: DryContext,
): Promise<DryInstance> {
  const ref = requireReference(ctx.input.instance);
  const platform = deps.platforms.get(ref.platform);
  const credentials = await ctx.getInitiatorCredentials();
  const claimed = deps.dryRuns.find(ctx.task.id, ref);
  if (claimed) {
    return { ref, platform, credentials, ...claimed };
  }
  await authorizeInstance({
    permissions: deps.permissions,
    permission: mlflowInstanceCreatePermission,
    resourceRef: instanceResource(ref),
    credentials,
  });
  const record = await platform.records.require(ref.name, ctx.signal);
  const { createdBy: creator } = record;
  return { ref, platform, credentials, instance: toInstance(record), creator };
}
