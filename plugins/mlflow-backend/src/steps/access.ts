import { NotFoundError } from '@backstage/errors';
import { findGroups, GroupState } from '../systems/keycloak/groups';
import {
  addMember,
  listMembers,
  removeMember,
} from '../systems/keycloak/members';
import { Change, Removal, RemoveOptions, Step, StepContext } from './Step';
import { settled } from '../systems/settled';

/** Somebody of the catalog, by the account in Keycloak. */
export interface Person {
  /** Id of the user in Keycloak. */
  id: string;
  /** Entity reference, for people to read. */
  ref: string;
}

/** Who may log in to an instance. */
export interface WantedAccess {
  admins: Person[];
  users: Person[];
}

interface GroupMembers {
  group?: GroupState;
  members: string[];
}

/** Who is in the instance's groups. */
export interface AccessObserved {
  admins: GroupMembers;
  users: GroupMembers;
}

/**
 * Lets people in by the instance's groups. It only adds: nobody loses access
 * because of a run of this step.
 */
export function accessStep(wanted: WantedAccess): Step<AccessObserved> {
  return {
    name: 'access',

    async observe(ctx) {
      const { names } = ctx.instance;
      const [admins, users] = await settled([
        readGroup(ctx, names.adminGroup),
        readGroup(ctx, names.userGroup),
      ]);
      return { admins, users };
    },

    plan({ names }, { admins, users }) {
      return [
        ...memberships(names.adminGroup, wanted.admins, admins),
        ...memberships(names.userGroup, wanted.users, users),
      ];
    },

    async apply(ctx, { observed }) {
      const { names } = ctx.instance;
      await settled([
        addMissing(ctx, names.adminGroup, wanted.admins, observed.admins),
        addMissing(ctx, names.userGroup, wanted.users, observed.users),
      ]);
    },

    /** All memberships go with their groups; single ones are taken back. */
    async remove(ctx, { only }) {
      const { names } = ctx.instance;
      const removals = [names.adminGroup, names.userGroup].map(name =>
        removeMembers(ctx, name, only ?? []),
      );
      return (await settled(removals)).flat();
    },
  };
}

async function readGroup(
  { instance, platform, signal }: StepContext,
  name: string,
): Promise<GroupMembers> {
  const group = (await findGroups(platform.keycloak, name, signal)).find(
    ({ path, mark }) => path === `/${name}` && mark === instance.mark,
  );
  return {
    group,
    members: group ? await listMembers(platform.keycloak, group, signal) : [],
  };
}

function memberships(
  group: string,
  wanted: Person[],
  { members }: GroupMembers,
): Change[] {
  return wanted.map(({ id, ref }) => ({
    system: 'Keycloak',
    object: `membership of ${ref} in group ${group}`,
    id,
    action: members.includes(id) ? 'keep' : 'create',
  }));
}

async function addMissing(
  { platform, signal }: StepContext,
  name: string,
  wanted: Person[],
  { group, members }: GroupMembers,
): Promise<void> {
  if (!group) {
    throw new NotFoundError(
      `Keycloak: the instance has no group ${name}. Run mlflow:identity:ensure first.`,
    );
  }
  const missing = wanted.filter(({ id }) => !members.includes(id));
  await Promise.all(
    missing.map(({ id }) => addMember(platform.keycloak, group, id, signal)),
  );
}

async function removeMembers(
  ctx: StepContext,
  name: string,
  only: NonNullable<RemoveOptions['only']>,
): Promise<Removal[]> {
  const wanted = only.filter(({ object }) => object.endsWith(` group ${name}`));
  if (wanted.length === 0) {
    return [];
  }
  const { group, members } = await readGroup(ctx, name);
  return settled(
    wanted.map(async ({ object, id }): Promise<Removal> => {
      if (!group || !id || !members.includes(id)) {
        return { system: 'Keycloak', object, result: 'absent' };
      }
      await removeMember(ctx.platform.keycloak, group, id, ctx.signal);
      return { system: 'Keycloak', object, result: 'removed' };
    }),
  );
}
