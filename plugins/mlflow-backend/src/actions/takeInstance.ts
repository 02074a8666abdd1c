import { ActionContext } from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';
import { assertSame, claimInstance } from '../instances/claimInstance';
import { CLAIM_STEP } from '../instances/made';
import { PlanRequest } from '../plan/planInstance';
import { assertNoOwnHost } from '../platform/ownHosts';
import { atWork } from './atWork';
import { assertStillPlanned } from './planClaimed';

const DEADLINE_SECONDS = 60;

/**
 * Begins a run: the instance is this task's from here on.
 *
 * @param options - the user who asks, and the digest of the plan agreed to
 * @throws ConflictError when it is another's, or would destroy what the plan did
 * not show
 */
export async function takeInstance(
  ctx: Pick<ActionContext<JsonObject>, 'logger' | 'task' | 'signal'>,
  request: PlanRequest,
  { user, plan }: { user: string; plan?: string },
): Promise<void> {
  const { platform, spec, changeHint, ownUrls } = request;
  assertNoOwnHost(spec.host, ownUrls);
  const claim = { spec, user, taskId: ctx.task.id, changeHint };
  const existing = await platform.records.get(spec.name, ctx.signal);
  if (existing) {
    // Before the Lease: whoever may not have the instance must not hold it.
    assertSame(existing, claim);
  }
  await assertStillPlanned(request, plan, ctx);
  const work = {
    ref: spec,
    platform,
    name: CLAIM_STEP,
    deadlineSeconds: DEADLINE_SECONDS,
  };
  const record = await atWork(ctx, work, ({ signal }) =>
    claimInstance(platform, claim, signal),
  );
  ctx.logger.info(
    `Instance ${spec.platform}/${spec.name} (${record.id}) will be served at https://${spec.host}/`,
  );
}
