import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  createTemplateAction,
  TemplateExample,
} from '@backstage/plugin-scaffolder-node';
import {
  mlflowInstanceUpdatePermission,
  stringifyInstanceReference,
} from 'backstage-plugin-mlflow-common';
import { stringify } from 'yaml';
import { membersOf, peopleOf } from '../catalog/people';
import { assertCanOwn } from '../instances/assertCanOwn';
import { toInstance } from '../instances/toInstance';
import {
  assertTransferable,
  keepers,
  transferred,
} from '../instances/transfer';
import { authorizeInstance, instanceResource } from '../permissions';
import { resolveOwner } from '../permissions/claimRights';
import { shown } from '../plan/shown';
import { Platform } from '../platform/Platform';
import { accessStep, WantedAccess } from '../steps/access';
import { describeChange, planStep, runStep } from '../steps/runStep';
import { Change, StepContext } from '../steps/Step';
import { findServiceAccounts } from '../systems/keycloak/serviceAccounts';
import { settled } from '../systems/settled';
import { AtWork, atWork } from './atWork';
import { audited } from './audited';
import { ActionDependencies } from './dependencies';
import { requireReference } from './instanceAction';
import { changesOutput } from './planOutput';

const ID = 'mlflow:instance:transfer';
const DEADLINE_SECONDS = 120;

const examples: TemplateExample[] = [
  {
    description: 'Give an instance to another team',
    example: stringify({
      steps: [
        {
          id: 'transfer',
          name: 'Give it to the other team',
          action: ID,
          input: {
            instance: 'sandbox/churn',
            owner: 'group:default/team-b',
          },
        },
      ],
    }),
  },
];

/** What a transfer needs to know, once the initiator may make it. */
interface Transfer {
  owner: string;
  wanted: WantedAccess;
}

/** The action by which an instance gets another owner. */
export function createTransferAction(deps: ActionDependencies) {
  return createTemplateAction({
    id: ID,
    description:
      'Gives an instance to another group: its members are let in, and from then on have the rights of owners in the portal. Nobody loses access to MLflow; who keeps it is said.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        instance: z =>
          z.string().describe('Reference of the instance, <platform>/<name>'),
        owner: z =>
          z.string().describe('Entity reference of the group that gets it'),
        admin: z =>
          z
            .string()
            .optional()
            .describe(
              'Entity reference of a member of that group who becomes admin in MLflow',
            ),
      },
      output: {
        owner: z => z.string().describe('Entity reference of the owner'),
        keeps: z =>
          z
            .array(z.string())
            .describe('Who keeps access without being of the new owner'),
        changes: changesOutput,
      },
    },
    async handler(ctx) {
      const { input, logger } = ctx;
      const ref = requireReference(input.instance);
      const platform = deps.platforms.get(ref.platform);
      const credentials = await ctx.getInitiatorCredentials();
      const instance = stringifyInstanceReference(ref);
      await audited(deps, ctx, { action: ID, instance }, async () => {
        await authorizeInstance({
          permissions: deps.permissions,
          permission: mlflowInstanceUpdatePermission,
          resourceRef: instanceResource(ref),
          credentials,
        });
        const transfer = await prepare(deps, input, platform, credentials);
        const give = async (at: AtWork) => {
          const record = await platform.records.require(ref.name, at.signal);
          assertTransferable(record);
          const step = { instance: toInstance(record), platform, ...at };
          const changes = await grant(step, transfer, ctx.isDryRun ?? false);
          const keeps = await whoKeeps(deps, transfer, step, credentials);
          if (!ctx.isDryRun) {
            await platform.records.update(
              ref.name,
              current => transferred(current, transfer.owner),
              at.signal,
            );
          }
          return { changes, keeps };
        };
        const work = {
          ref,
          platform,
          name: 'transfer',
          deadlineSeconds: DEADLINE_SECONDS,
          last: true,
        };
        const { changes, keeps } = ctx.isDryRun
          ? await give({
              signal: AbortSignal.timeout(DEADLINE_SECONDS * 1000),
              log: message => logger.info(message),
            })
          : await atWork(ctx, work, give);
        keeps.forEach(line => logger.info(`Keeps access: ${line}`));
        ctx.output('owner', transfer.owner);
        ctx.output('keeps', keeps);
        ctx.output('changes', changes.map(shown));
      });
    },
  });
}

async function prepare(
  deps: ActionDependencies,
  input: { owner: string; admin?: string },
  platform: Platform,
  credentials: BackstageCredentials,
): Promise<Transfer> {
  const { keycloak } = platform.config;
  const owner = await resolveOwner(deps, input.owner, credentials);
  await assertCanOwn(platform.records, owner);
  const users = await membersOf(deps, owner, keycloak, credentials);
  const admins = users.filter(({ ref }) => ref === input.admin);
  if (input.admin && admins.length === 0) {
    throw new InputError(
      `${input.admin} is no member of ${owner} with an account in realm ${keycloak.realm}. Choose one as admin, or none.`,
    );
  }
  return { owner, wanted: { admins, users } };
}

/** Access first: the new owner must never be without it. */
async function grant(
  step: StepContext,
  { wanted }: Transfer,
  dry: boolean,
): Promise<Change[]> {
  if (!dry) {
    return runStep(accessStep(wanted), step);
  }
  const { changes } = await planStep(accessStep(wanted), step);
  changes.forEach(change => step.log(describeChange(change)));
  return changes;
}

async function whoKeeps(
  deps: ActionDependencies,
  { wanted }: Transfer,
  step: StepContext,
  credentials: BackstageCredentials,
): Promise<string[]> {
  const { instance, platform, signal } = step;
  const { readerClient, provisionerClient } = instance.names;
  const [observed, own] = await settled([
    accessStep(wanted).observe(step),
    findServiceAccounts(
      platform.keycloak,
      [readerClient, provisionerClient],
      signal,
    ),
  ]);
  const people = (ids: string[]) => ids.filter(id => !own.includes(id));
  const admins = people(observed.admins.members);
  const users = people(observed.users.members);
  const known = await peopleOf(
    deps,
    [...admins, ...users],
    platform.config.keycloak,
    credentials,
  );
  return keepers({ admins, users }, wanted, known);
}
