import {
  createTemplateAction,
  TemplateExample,
} from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';
import { planInstance } from '../plan/planInstance';
import { planRequest } from '../plan/planRequest';
import { audited } from './audited';
import { initiatorOf } from './claim';
import { claimInput } from './claimInput';
import { ActionDependencies } from './dependencies';
import { logPlan } from './logPlan';
import { planOutput } from './planOutput';

const ID = 'mlflow:instance:plan';
const DEADLINE_MS = 60_000;

const examples: TemplateExample[] = [
  {
    description: 'See what would be made, and what is in the way',
    example: stringify({
      steps: [
        {
          id: 'plan',
          name: 'Plan',
          action: ID,
          input: {
            platform: 'sandbox',
            name: 'churn',
            owner: 'group:default/team-a',
          },
        },
      ],
    }),
  },
];

/** The action that shows what a run would do. */
export function createPlanAction(deps: ActionDependencies) {
  return createTemplateAction({
    id: ID,
    description:
      'Asks every system what a run of the create template would make, change, keep or find in its way, and changes nothing. Of an instance that exists it shows what has drifted.',
    examples,
    supportsDryRun: true,
    schema: { input: claimInput, output: { plan: planOutput } },
    async handler(ctx) {
      const credentials = await ctx.getInitiatorCredentials();
      const { platform, name } = ctx.input;
      const instance = `${platform}/${name}`;
      await audited(deps, ctx, { action: ID, instance }, async () => {
        const user = initiatorOf(deps, credentials, ctx.user?.ref);
        const request = await planRequest(deps, ctx.input, {
          credentials,
          user,
        });
        const timeout = AbortSignal.timeout(DEADLINE_MS);
        const plan = await planInstance(
          request,
          ctx.signal ? AbortSignal.any([ctx.signal, timeout]) : timeout,
        );
        logPlan(ctx.logger, plan);
        ctx.output('plan', plan);
      });
    },
  });
}
