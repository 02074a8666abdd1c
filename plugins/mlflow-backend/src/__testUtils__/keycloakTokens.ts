import { z } from 'zod';
import { findClient } from '../systems/keycloak/clients';
import { findGroups } from '../systems/keycloak/groups';
import { AdminCall, KeycloakClient } from '../systems/keycloak/KeycloakClient';

const claims = z
  .object({
    aud: z.union([z.string(), z.array(z.string())]).default([]),
    groups: z.array(z.string()).optional(),
  })
  .passthrough()
  .transform(({ aud, ...others }) => ({ ...others, aud: [aud].flat() }));

/** Keycloak's id of the sandbox's user with that role, for example `owner`. */
async function userId(
  keycloak: KeycloakClient,
  call: AdminCall,
  role: string,
): Promise<string> {
  const [user] = await keycloak.call(call, admin =>
    admin.users.find({ username: `${role}@example.com`, exact: true }),
  );
  return user.id ?? '';
}

/**
 * Puts a user of the sandbox into a group.
 *
 * @returns what takes them out again
 */
export async function inGroup(
  keycloak: KeycloakClient,
  call: AdminCall,
  role: string,
  group: string,
): Promise<() => Promise<unknown>> {
  const [{ id: groupId }] = await findGroups(keycloak, group, call.signal);
  const membership = { id: await userId(keycloak, call, role), groupId };
  await keycloak.call(call, admin => admin.users.addToGroup(membership));
  return () =>
    keycloak.call(call, admin => admin.users.delFromGroup(membership));
}

/** What the tokens say that a client would get for a user of the sandbox. */
export async function tokensFor(
  keycloak: KeycloakClient,
  call: AdminCall,
  clientId: string,
  role: string,
) {
  const client = await findClient(keycloak, clientId, call.signal);
  const asked = {
    id: client?.id ?? '',
    userId: await userId(keycloak, call, role),
    scope: 'openid profile email',
    audience: '',
  };
  const [id, access] = await keycloak.call(call, admin =>
    Promise.all([
      admin.clients.evaluateGenerateIdToken(asked),
      admin.clients.evaluateGenerateAccessToken(asked),
    ]),
  );
  return { id: claims.parse(id), access: claims.parse(access) };
}
