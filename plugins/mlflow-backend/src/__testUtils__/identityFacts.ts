import {
  HeldIdentity,
  IdentityFacts,
} from '../diagnostics/facts/identityFacts';
import {
  GROUPS_MAPPER,
  GROUPS_SCOPE,
  platformMark,
  wantedClients,
} from '../steps/identityWanted';
import { Instance } from '../steps/Step';

/** What Keycloak holds of an instance as the identity step left it. */
export function heldIdentity(instance: Instance): HeldIdentity {
  const { login } = wantedClients(instance);
  const { adminGroup, userGroup } = instance.names;
  const group = (name: string) => ({
    name,
    admin: name === adminGroup,
    exists: true,
    homonyms: [],
  });
  return {
    client: {
      ...login.fields,
      id: 'client-id',
      mark: instance.mark,
      attributes: login.attributes,
      defaultScopes: login.defaultScopes,
      optionalScopes: login.optionalScopes,
      mappers: [],
    },
    scopes: [
      { id: 'email-id', name: 'email', mappers: [] },
      {
        id: 'groups-id',
        name: GROUPS_SCOPE,
        mark: platformMark(instance),
        mappers: [{ ...GROUPS_MAPPER, id: 'mapper-id' }],
      },
    ],
    clientOfSecret: instance.names.client,
    secretMatches: true,
    groups: [group(adminGroup), group(userGroup)],
  };
}

/** The same with something changed, as a look finds it. */
export function identityFacts(
  instance: Instance,
  changes: Partial<HeldIdentity> = {},
): IdentityFacts {
  return {
    realm: 'r',
    discovery: {
      url: 'https://auth.example.com/realms/r/.well-known/openid-configuration',
      ok: true,
    },
    held: { value: { ...heldIdentity(instance), ...changes } },
  };
}
