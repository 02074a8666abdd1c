import { askSystem } from '../../plan/askSystem';
import { StepContext } from '../../steps/Step';
import { findClient } from '../../systems/keycloak/clients';
import { findGroups } from '../../systems/keycloak/groups';
import { listScopes } from '../../systems/keycloak/scopes';
import { settled } from '../../systems/settled';
import { compareClientSecret } from './compareClientSecret';
import { discover } from './discover';
import { GroupFact, HeldIdentity, IdentityFacts } from './identityFacts';

/** How long the admin API may take, in milliseconds: less than a look waits. */
const ADMIN_MS = 6_000;

/**
 * What the identity provider knows of an instance. It only reads, and no login
 * is tried: each would count as a failed one.
 */
export async function gatherIdentity(ctx: StepContext): Promise<IdentityFacts> {
  const [discovery, held] = await Promise.all([
    discover(ctx),
    askSystem(
      'Keycloak',
      ctx.signal,
      signal => readHeld({ ...ctx, signal }),
      ADMIN_MS,
    ),
  ]);
  return { realm: ctx.platform.keycloak.realm, discovery, held };
}

async function readHeld(ctx: StepContext): Promise<HeldIdentity> {
  const { instance, platform, signal } = ctx;
  const { keycloak } = platform;
  const { adminGroup, client, userGroup } = instance.names;
  const group = async (name: string): Promise<GroupFact> => {
    const paths = (await findGroups(keycloak, name, signal)).map(
      ({ path }) => path,
    );
    return {
      name,
      admin: name === adminGroup,
      exists: paths.includes(`/${name}`),
      homonyms: paths.filter(path => path !== `/${name}`),
    };
  };
  const login = async () => {
    const found = await findClient(keycloak, client, signal);
    return { client: found, ...(await compareClientSecret(ctx, found)) };
  };
  const [people, scopes, admins, users] = await settled([
    login(),
    listScopes(keycloak, signal),
    group(adminGroup),
    group(userGroup),
  ]);
  return { ...people, scopes, groups: [admins, users] };
}
