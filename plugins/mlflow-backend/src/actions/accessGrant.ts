import {
  createTemplateAction,
  TemplateExample,
} from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';
import { wantedAccess } from '../catalog/people';
import { shown } from '../plan/shown';
import { accessStep, WantedAccess } from '../steps/access';
import { ActionDependencies } from './dependencies';
import { dryRunStep } from './dryRun';
import { withInstance } from './instanceAction';
import { changesOutput } from './planOutput';

const STEP = 'access';
const DEADLINE_SECONDS = 120;

const examples: TemplateExample[] = [
  {
    description: 'Let the owners of a claimed instance in',
    example: stringify({
      steps: [
        {
          id: 'access',
          name: 'Let the owners in',
          action: 'mlflow:access:grant',
          input: { instance: '${{ steps.claim.output.instance }}' },
        },
      ],
    }),
  },
];

/** Without it nobody could log in to a new instance. */
export function createAccessGrantAction(deps: ActionDependencies) {
  return createTemplateAction({
    id: 'mlflow:access:grant',
    description:
      'Lets people log in: whoever created the instance as its admin, the members of the owning group as its users. Those who have no account in Keycloak are left out.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        instance: z =>
          z
            .string()
            .describe(
              'Reference of the instance: the output "instance" of mlflow:instance:claim',
            ),
      },
      output: {
        admins: z =>
          z.array(z.string()).describe('Entity references of the admins'),
        users: z =>
          z.array(z.string()).describe('Entity references of the users'),
        changes: changesOutput,
      },
    },
    async handler(ctx) {
      if (ctx.isDryRun) {
        const { changes, access } = await dryRunStep(deps, ctx, STEP);
        const refs = refsOf(access);
        ctx.output('admins', refs.admins);
        ctx.output('users', refs.users);
        ctx.output('changes', changes);
        return;
      }
      const { access, changes } = await withInstance(
        deps,
        ctx,
        {
          action: 'mlflow:access:grant',
          name: STEP,
          deadlineSeconds: DEADLINE_SECONDS,
        },
        async ({ record, platform, credentials, step, run }) => {
          const { keycloak } = platform.config;
          const { createdBy: creator, spec } = record;
          const wanted = await wantedAccess(
            deps,
            { creator, owner: spec.owner },
            keycloak,
            credentials,
          );
          if (wanted.admins.length === 0) {
            step.log(
              `${creator} has no account in realm ${keycloak.realm} that the catalog knows, so the instance has no admin yet. Add one to group ${step.instance.names.adminGroup} in Keycloak.`,
            );
          }
          return { access: wanted, changes: await run(accessStep(wanted)) };
        },
      );
      const refs = refsOf(access);
      ctx.output('admins', refs.admins);
      ctx.output('users', refs.users);
      ctx.output('changes', changes.map(shown));
    },
  });
}

function refsOf({ admins, users }: WantedAccess) {
  return {
    admins: admins.map(({ ref }) => ref),
    users: users.map(({ ref }) => ref),
  };
}
