import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { InputError, NotAllowedError } from '@backstage/errors';
import {
  createTemplateAction,
  TemplateExample,
} from '@backstage/plugin-scaffolder-node';
import {
  InstanceReference,
  instanceUrls,
  stringifyInstanceReference,
} from 'backstage-plugin-mlflow-common';
import { stringify } from 'yaml';
import { instanceEntityRef } from '../catalog/entity';
import { claimInstance } from '../instances/claimInstance';
import { specFromInput } from '../instances/specFromInput';
import { authorizeClaim, resolveOwner } from '../permissions/claimRights';
import { assertNoOwnHost, ownUrls } from '../platform/ownHosts';
import { releaseOf } from '../releases/releases';
import { ActionDependencies } from './dependencies';

const DEADLINE_MS = 60_000;

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
function initiatorOf(
  { auth }: ActionDependencies,
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

/** Path of the entity's page below the portal's catalog. */
function pageOf(ref: InstanceReference): string {
  const { namespace, kind, name } = parseEntityRef(instanceEntityRef(ref));
  return `${namespace}/${kind}/${name}`;
}

/** The action that begins every run: it decides whether there is one. */
export function createClaimAction(deps: ActionDependencies) {
  return createTemplateAction({
    id: 'mlflow:instance:claim',
    description:
      'Claims an instance: checks the input and the rights of the initiator, derives all names, refuses what belongs to another, and writes the record. The same claim again changes nothing.',
    examples,
    schema: {
      input: {
        platform: z =>
          z.string().describe('Platform, a key of mlflow.platforms'),
        name: z =>
          z
            .string()
            .describe(
              'Name of the instance: up to 40 of a to z, 0 to 9 and hyphens, beginning with a letter',
            ),
        owner: z => z.string().describe('Entity reference of the owning group'),
        description: z =>
          z.string().optional().describe('One line for the catalog'),
        host: z =>
          z
            .string()
            .optional()
            .describe(
              'Host name below a domain of the platform; derived from the name when empty',
            ),
        line: z =>
          z.string().optional().describe('Version line, 3.17 when empty'),
        size: z => z.string().optional().describe('S, M or L; S when empty'),
        replicas: z =>
          z.number().optional().describe('Server pods, 1 to 10; 1 when empty'),
        defaultPermission: z =>
          z
            .string()
            .optional()
            .describe(
              'What users may do with what nobody granted to them: NO_PERMISSIONS, READ, EDIT or MANAGE; NO_PERMISSIONS when empty',
            ),
        metrics: z =>
          z
            .boolean()
            .optional()
            .describe('Whether Prometheus can scrape it; yes when empty'),
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
      },
    },
    async handler(ctx) {
      const { input, logger } = ctx;
      const credentials = await ctx.getInitiatorCredentials();
      const event = await deps.auditor.createEvent({
        eventId: 'instance-provision',
        severityLevel: 'medium',
        meta: {
          actionType: 'mlflow:instance:claim',
          instance: stringifyInstanceReference({
            platform: input.platform,
            name: input.name,
          }),
          initiator: ctx.user?.ref,
          taskId: ctx.task.id,
        },
      });
      try {
        const user = initiatorOf(deps, credentials, ctx.user?.ref);
        const platform = deps.platforms.get(input.platform);
        const wanted = specFromInput(input, platform.config);
        const owner = await resolveOwner(deps, wanted.owner, credentials);
        const spec = { ...wanted, owner };
        assertNoOwnHost(spec.host, [
          ...ownUrls(platform.config),
          ...deps.portalUrls,
        ]);
        await authorizeClaim(deps, spec, credentials);
        const timeout = AbortSignal.timeout(DEADLINE_MS);
        const record = await claimInstance(
          platform,
          {
            spec,
            user,
            taskId: ctx.task.id,
            changeHint: `see its page, ${deps.appUrl}/catalog/${pageOf(spec)}`,
          },
          ctx.signal ? AbortSignal.any([ctx.signal, timeout]) : timeout,
        );
        const { warning } = releaseOf(record.spec.line);
        const urls = instanceUrls(record.spec);
        logger.info(
          `Instance ${spec.platform}/${spec.name} (${record.id}) will be served at ${urls.mlflow}`,
        );
        if (warning) {
          logger.warn(warning);
        }
        ctx.output('instance', stringifyInstanceReference(spec));
        ctx.output('entityRef', instanceEntityRef(spec));
        ctx.output('mlflowUrl', urls.mlflow);
        ctx.output('permissionsUrl', urls.permissions);
        ctx.output('host', spec.host);
        ctx.output('warning', warning);
        await event.success();
      } catch (error) {
        await event.fail({ error: error as Error });
        throw error;
      }
    },
  });
}
