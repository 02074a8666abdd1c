import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import {
  createTemplateAction,
  TemplateExample,
} from '@backstage/plugin-scaffolder-node';
import { stringifyInstanceReference } from 'backstage-plugin-mlflow-common';
import { stringify } from 'yaml';
import { planRequest } from '../plan/planRequest';
import { audited } from './audited';
import { claimInput } from './claimInput';
import { ActionDependencies } from './dependencies';
import { claimOutput, outputClaim } from './outputClaim';
import { dryRunClaim } from './planClaimed';
import { changesOutput } from './planOutput';
import { takeInstance } from './takeInstance';

const ID = 'mlflow:instance:claim';

const examples: TemplateExample[] = [
  {
    description: 'Claim an instance with the defaults of the platform',
    example: stringify({
      steps: [
        {
          id: 'claim',
          name: 'Claim the name',
          action: 'mlflow:instance:claim',
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

/**
 * Who asks. Of a task that somebody else runs again the scaffolder keeps the
 * first one's name, but runs with the other one's rights; whoever is named would
 * become admin of the instance.
 */
export function initiatorOf(
  { auth }: Pick<ActionDependencies, 'auth'>,
  credentials: BackstageCredentials,
  creator: string | undefined,
): string {
  if (!auth.isPrincipal(credentials, 'user')) {
    throw new InputError(
      'Only a signed-in user can claim an instance, since it belongs to a group of theirs.',
    );
  }
  const { userEntityRef } = credentials.principal;
  if (creator !== userEntityRef) {
    throw new NotAllowedError(
      `This task is of ${creator}. Start one of your own from the template.`,
    );
  }
  return userEntityRef;
}

/** The action that begins every run: it decides whether there is one. */
export function createClaimAction(deps: ActionDependencies) {
  return createTemplateAction({
    id: ID,
    description:
      'Claims an instance: checks the input and the rights of the initiator, derives all names, refuses what belongs to another, and writes the record. The same claim again changes nothing.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        ...claimInput,
        plan: z =>
          z
            .string()
            .optional()
            .describe(
              'Digest of the plan that somebody agreed to: refuses what it would destroy beyond that. Conflicts refuse in any case',
            ),
      },
      output: {
        ...claimOutput,
        changes: changesOutput,
      },
    },
    async handler(ctx) {
      const { input } = ctx;
      const credentials = await ctx.getInitiatorCredentials();
      const { platform: platformName, name } = input;
      const instance = stringifyInstanceReference({
        platform: platformName,
        name,
      });
      await audited(deps, ctx, { action: ID, instance }, async () => {
        const user = initiatorOf(deps, credentials, ctx.user?.ref);
        const request = await planRequest(deps, input, { credentials, user });
        const { spec } = request;
        if (ctx.isDryRun) {
          ctx.output('changes', await dryRunClaim(request, deps.dryRuns, ctx));
          outputClaim(ctx, spec);
          return;
        }
        await takeInstance(ctx, request, { user, plan: input.plan });
        outputClaim(ctx, spec);
      });
    },
  });
}
