import {
  createTemplateAction,
  TemplateExample,
} from '@backstage/plugin-scaffolder-node';
import { ConflictError } from '@backstage/errors';
import {
  mlflowInstanceCreatePermission,
  mlflowInstanceUpdatePermission,
} from 'backstage-plugin-mlflow-common';
import { stringify } from 'yaml';
import { InstanceRecord } from '../instances/InstanceRecord';
import { authorizeInstance, instanceResource } from '../permissions';
import { planInstance } from '../plan/planInstance';
import { planRequest } from '../plan/planRequest';
import { audited } from './audited';
import { initiatorOf } from './claim';
import { ActionDependencies } from './dependencies';
import { requireReference } from './instanceAction';
import { logPlan } from './logPlan';
import { claimOutput, outputClaim } from './outputClaim';
import { dryRunClaim } from './planClaimed';
import { changesOutput } from './planOutput';
import { takeInstance } from './takeInstance';

const ID = 'mlflow:instance:resume';

/** How long the systems may take to be asked what a repair would do. */
const PLAN_MS = 60_000;

const examples: TemplateExample[] = [
  {
    description: 'Go on with an instance whose run came to a stop',
    example: stringify({
      steps: [
        {
          id: 'resume',
          name: 'Take the instance up again',
          action: ID,
          input: { instance: 'sandbox/churn' },
        },
      ],
    }),
  },
  {
    description: 'Repair an instance that was complete',
    example: stringify({
      steps: [
        {
          id: 'resume',
          name: 'See what differs, and take the instance up',
          action: ID,
          input: { instance: 'sandbox/churn', repair: true },
        },
      ],
    }),
  },
];

/** The action that begins a run on what another run has left. */
export function createResumeAction(deps: ActionDependencies) {
  return createTemplateAction({
    id: ID,
    description:
      'Takes an instance up again with the settings of its record, under the rights of whoever asks now: the steps after it go on from what is there, and repair what was changed by hand. With "repair" it asks for the right to change the instance, wants one that was complete, and first logs what differs.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        instance: z =>
          z.string().describe('Reference of the instance, <platform>/<name>'),
        repair: z =>
          z
            .boolean()
            .optional()
            .describe(
              'Take up an instance that was complete, and say beforehand what differs',
            ),
      },
      output: { ...claimOutput, changes: changesOutput },
    },
    async handler(ctx) {
      const { instance, repair } = ctx.input;
      const ref = requireReference(instance);
      const credentials = await ctx.getInitiatorCredentials();
      await audited(deps, ctx, { action: ID, instance }, async () => {
        const user = initiatorOf(deps, credentials, ctx.user?.ref);
        // Before it is read: whether it exists is not for everybody to know.
        await authorizeInstance({
          permissions: deps.permissions,
          permission: repair
            ? mlflowInstanceUpdatePermission
            : mlflowInstanceCreatePermission,
          resourceRef: instanceResource(ref),
          credentials,
        });
        const { records } = deps.platforms.get(ref.platform);
        const record = await records.require(ref.name, ctx.signal);
        const { spec } = record;
        const request = await planRequest(deps, spec, { credentials, user });
        if (repair) {
          assertWasComplete(record);
          const timeout = AbortSignal.timeout(PLAN_MS);
          logPlan(
            ctx.logger,
            await planInstance(
              request,
              ctx.signal ? AbortSignal.any([ctx.signal, timeout]) : timeout,
            ),
          );
        }
        if (ctx.isDryRun) {
          ctx.output('changes', await dryRunClaim(request, deps.dryRuns, ctx));
        } else {
          await takeInstance(ctx, request, { user });
        }
        outputClaim(ctx, request.spec);
      });
    },
  });
}

/**
 * What was never complete has nothing to repair, and its run can be undone.
 *
 * @throws ConflictError
 */
function assertWasComplete({ spec, run, provisionedAt }: InstanceRecord): void {
  if (run.state !== 'done' && !provisionedAt) {
    throw new ConflictError(
      `Instance ${spec.platform}/${spec.name} was never complete. Continue its run instead, from its page.`,
    );
  }
}
