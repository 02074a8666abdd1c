import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import {
  createTemplateAction,
  TemplateExample,
} from '@backstage/plugin-scaffolder-node';
import { stringifyInstanceReference } from 'backstage-plugin-mlflow-common';
import { stringify } from 'yaml';
import { assertSame, claimInstance } from '../instances/claimInstance';
import { CLAIM_STEP } from '../instances/made';
import { planRequest } from '../plan/planRequest';
import { assertNoOwnHost } from '../platform/ownHosts';
import { atWork } from './atWork';
import { audited } from './audited';
import { claimInput } from './claimInput';
import { ActionDependencies } from './dependencies';
import { outputClaim } from './outputClaim';
import { assertStillPlanned, dryRunClaim } from './planClaimed';
import { changesOutput } from './planOutput';

const ID = 'mlflow:instance:claim';
const DEADLINE_SECONDS = 60;

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
        instance: z =>
          z.string().describe('Reference of the instance, <platform>/<name>'),
        entityRef: z => z.string().describe('Entity in the catalog'),
        mlflowUrl: z => z.string().describe('Address of MLflow'),
        permissionsUrl: z =>
          z.string().describe('Address of the permissions UI'),
        host: z => z.string().describe('Host name of MLflow'),
        warning: z =>
          z
            .string()
            .optional()
            .describe('Known holes of the version line, if any'),
        changes: changesOutput,
      },
    },
    async handler(ctx) {
      const { input, logger } = ctx;
      const credentials = await ctx.getInitiatorCredentials();
      const { platform: platformName, name } = input;
      const instance = stringifyInstanceReference({
        platform: platformName,
        name,
      });
      await audited(deps, ctx, { action: ID, instance }, async () => {
        const user = initiatorOf(deps, credentials, ctx.user?.ref);
        const request = await planRequest(deps, input, { credentials, user });
        const { platform, spec, changeHint } = request;
        if (ctx.isDryRun) {
          ctx.output('changes', await dryRunClaim(request, deps.dryRuns, ctx));
          outputClaim(ctx, spec);
          return;
        }
        assertNoOwnHost(spec.host, request.ownUrls);
        const claim = { spec, user, taskId: ctx.task.id, changeHint };
        const existing = await platform.records.get(spec.name, ctx.signal);
        if (existing) {
          // Before the Lease: whoever may not have the instance must not hold it.
          assertSame(existing, claim);
        }
        await assertStillPlanned(request, input.plan, ctx);
        const record = await atWork(
          ctx,
          {
            ref: spec,
            platform,
            name: CLAIM_STEP,
            deadlineSeconds: DEADLINE_SECONDS,
          },
          ({ signal }) => claimInstance(platform, claim, signal),
        );
        logger.info(
          `Instance ${spec.platform}/${spec.name} (${record.id}) will be served at https://${spec.host}/`,
        );
        outputClaim(ctx, spec);
      });
    },
  });
}
