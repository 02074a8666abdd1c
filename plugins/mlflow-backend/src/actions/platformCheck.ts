import { ServiceUnavailableError } from '@backstage/errors';
import {
  createTemplateAction,
  TemplateExample,
} from '@backstage/plugin-scaffolder-node';
import { mlflowInstanceAdminPermission } from 'backstage-plugin-mlflow-common';
import { stringify } from 'yaml';
import { authorizeInstance, platformResource } from '../permissions';
import { checkPlatform, PlatformFinding } from '../platform/checkPlatform';
import { audited } from './audited';
import { ActionDependencies } from './dependencies';
import { createProgress } from './progress';

const ID = 'mlflow:platform:check';

const examples: TemplateExample[] = [
  {
    description: 'Check a platform before anybody uses it',
    example: stringify({
      steps: [
        {
          id: 'check',
          name: 'Check the platform',
          action: ID,
          input: { platform: 'sandbox' },
        },
      ],
    }),
  },
];

/** For admins: what a platform lacks, said before anything starts. */
export function createPlatformCheckAction(deps: ActionDependencies) {
  return createTemplateAction({
    id: ID,
    description:
      'Names each missing right, class, CA, chart and address of a platform. Only an admin of the platform may ask.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        platform: z =>
          z.string().describe('Platform, a key of mlflow.platforms'),
      },
      output: {
        findings: z =>
          z
            .array(
              z.object({
                check: z.string(),
                ok: z.boolean(),
                problem: z.string().optional(),
              }),
            )
            .describe('What was checked, and what is wrong'),
      },
    },
    async handler(ctx) {
      const platform = deps.platforms.get(ctx.input.platform);
      const audit = { action: ID, platform: platform.name };
      await audited(deps, ctx, audit, async () => {
        await authorizeInstance({
          permissions: deps.permissions,
          permission: mlflowInstanceAdminPermission,
          resourceRef: platformResource(platform.name),
          credentials: await ctx.getInitiatorCredentials(),
        });
        const progress = createProgress(ctx.logger, 'platform check');
        try {
          const findings = await checkPlatform(
            platform,
            ctx.signal ?? new AbortController().signal,
          );
          for (const { check, ok, problem } of findings) {
            progress.log(ok ? `ok: ${check}` : `MISSING: ${check}: ${problem}`);
          }
          ctx.output('findings', findings);
          assertNothingMissing(platform.name, findings);
        } finally {
          progress.stop();
        }
      });
    },
  });
}

function assertNothingMissing(platform: string, findings: PlatformFinding[]) {
  const problems = findings.filter(({ ok }) => !ok);
  if (problems.length > 0) {
    throw new ServiceUnavailableError(
      `Platform ${platform} lacks ${problems.length} of ${
        findings.length
      }: ${problems.map(({ problem }) => problem).join(' ')}`,
    );
  }
}
