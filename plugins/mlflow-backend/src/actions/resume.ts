import {
  createTemplateAction,
  TemplateExample,
} from '@backstage/plugin-scaffolder-node';
import { mlflowInstanceCreatePermission } from 'backstage-plugin-mlflow-common';
import { stringify } from 'yaml';
import { authorizeInstance, instanceResource } from '../permissions';
import { planRequest } from '../plan/planRequest';
import { audited } from './audited';
import { initiatorOf } from './claim';
import { ActionDependencies } from './dependencies';
import { requireReference } from './instanceAction';
import { claimOutput, outputClaim } from './outputClaim';
import { dryRunClaim } from './planClaimed';
import { changesOutput } from './planOutput';
import { takeInstance } from './takeInstance';

const ID = 'mlflow:instance:resume';

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
];

/** The action that begins a run on what another run has left. */
export function createResumeAction(deps: ActionDependencies) {
  return createTemplateAction({
    id: ID,
    description:
      'Takes an instance up again with the settings of its record, under the rights of whoever asks now: the steps after it go on from what is there, and repair what was changed by hand.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        instance: z =>
          z.string().describe('Reference of the instance, <platform>/<name>'),
      },
      output: { ...claimOutput, changes: changesOutput },
    },
    async handler(ctx) {
      const { instance } = ctx.input;
      const ref = requireReference(instance);
      const credentials = await ctx.getInitiatorCredentials();
      await audited(deps, ctx, { action: ID, instance }, async () => {
        const user = initiatorOf(deps, credentials, ctx.user?.ref);
        // Before it is read: whether it exists is not for everybody to know.
        await authorizeInstance({
          permissions: deps.permissions,
          permission: mlflowInstanceCreatePermission,
          resourceRef: instanceResource(ref),
          credentials,
        });
        const { records } = deps.platforms.get(ref.platform);
        const { spec } = await records.require(ref.name, ctx.signal);
        const request = await planRequest(deps, spec, { credentials, user });
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
