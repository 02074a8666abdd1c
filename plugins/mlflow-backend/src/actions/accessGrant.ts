import {
  createTemplateAction,
  TemplateExample,
} from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';
import { membersOf, personOf } from '../catalog/people';
import { accessStep } from '../steps/access';
import { ActionDependencies } from './dependencies';
import { withInstance } from './instanceAction';

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
      },
    },
    async handler(ctx) {
      const { admins, users } = await withInstance(
        deps,
        ctx,
        {
          action: 'mlflow:access:grant',
          name: 'access',
          deadlineSeconds: DEADLINE_SECONDS,
        },
        async ({ record, platform, credentials, step, run }) => {
          const { keycloak } = platform.config;
          const [creator, members] = await Promise.all([
            personOf(deps, record.createdBy, keycloak, credentials),
            membersOf(deps, record.spec.owner, keycloak, credentials),
          ]);
          const wanted = { admins: creator ? [creator] : [], users: members };
          if (!creator) {
            step.log(
              `${record.createdBy} has no account in realm ${keycloak.realm} that the catalog knows, so the instance has no admin yet. Add one to group ${step.instance.names.adminGroup} in Keycloak.`,
            );
          }
          await run(accessStep(wanted));
          return wanted;
        },
      );
      ctx.output(
        'admins',
        admins.map(({ ref }) => ref),
      );
      ctx.output(
        'users',
        users.map(({ ref }) => ref),
      );
    },
  });
}
