import { ServiceUnavailableError } from '@backstage/errors';
import {
  createTemplateAction,
  TemplateExample,
} from '@backstage/plugin-scaffolder-node';
import { mlflowInstanceAdminPermission } from 'backstage-plugin-mlflow-common';
import { stringify } from 'yaml';
import { authorizeInstance, platformResource } from '../permissions';
import { checkPlatform } from '../platform/checkPlatform';
import { ActionDependencies } from './dependencies';
import { createProgress } from './progress';

const examples: TemplateExample[] = [
  {
    description: 'Check a platform before anybody uses it',
    example: stringify({
      steps: [
        {
          id: 'check',
          name: 'Check the platform',
          action: 'mlflow:platform:check',
          input: { platform: 'sandbox' },
        },
      ],
    }),
  },
];

/** For admins: what a platform lacks, said before anything starts. */
export function createPlatformCheckAction(deps: ActionDependencies) {
  return createTemplateAction({
    id: 'mlflow:platform:check',
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
      await authorizeInstance({
        permissions: deps.permissions,
        permission: mlflowInstanceAdminPermission,
        resourceRef: platformResource(platform.name),
        credentials: await ctx.getInitiatorCredentials(),
      });
      const event = await deps.auditor.createEvent({
        eventId: 'platform-check',
        meta: {
          actionType: 'mlflow:platform:check',
          platform: platform.name,
          initiator: ctx.user?.ref,
          taskId: ctx.task.id,
        },
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
        const problems = findings.filter(({ ok }) => !ok);
        if (problems.length > 0) {
          throw new ServiceUnavailableError(
            `Platform ${platform.name} lacks ${problems.length} of ${
              findings.length
            }: ${problems.map(({ problem }) => problem).join(' ')}`,
          );
        }
        await event.success();
      } catch (error) {
        await event.fail({ error: error as Error });
        throw error;
      } finally {
        progress.stop();
      }
    },
  });
}
