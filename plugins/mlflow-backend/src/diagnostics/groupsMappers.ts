import { GROUPS_MAPPER, GROUPS_SCOPE } from '../steps/identityWanted';
import { MapperState } from '../systems/keycloak/mappers';
import { AskedLogin } from './askedLogin';
import { HeldIdentity } from './facts/identityFacts';

const CLAIM = GROUPS_MAPPER.config['claim.name'];

/** A mapper, and what it belongs to, for people. */
export interface PlacedMapper {
  place: string;
  mapper: MapperState;
}

/**
 * Whether a login gets the scope that names groups; undefined without a client.
 */
export function getsGroupsScope(
  { client }: HeldIdentity,
  { scopes }: AskedLogin,
): boolean | undefined {
  return client && scopesOfLogin(client, scopes).includes(GROUPS_SCOPE);
}

/** The mappers that write the claim `groups` at a login. */
export function groupsMappers(
  { client, scopes }: HeldIdentity,
  asked: AskedLogin,
): PlacedMapper[] {
  if (!client) {
    return [];
  }
  const taken = scopesOfLogin(client, asked.scopes);
  return [
    ...client.mappers.map(mapper => ({
      place: `client ${asked.client}`,
      mapper,
    })),
    ...scopes
      .filter(({ name }) => taken.includes(name))
      .flatMap(({ name, mappers }) =>
        mappers.map(mapper => ({ place: `client scope ${name}`, mapper })),
      ),
  ].filter(({ mapper }) => mapper.config['claim.name'] === CLAIM);
}

/** Those of them whose claim reaches the ID token, where MLflow looks for it. */
export function inIdToken(mappers: PlacedMapper[]): PlacedMapper[] {
  return mappers.filter(
    ({ mapper }) => mapper.config['id.token.claim'] === 'true',
  );
}

/** Whether a mapper writes `/name` instead of `name`. */
export function writesPaths({ mapper }: PlacedMapper): boolean {
  return (
    mapper.type === GROUPS_MAPPER.type && mapper.config['full.path'] === 'true'
  );
}

/** Those that a client has anyway, and those that are asked for and it may have. */
function scopesOfLogin(
  { defaultScopes, optionalScopes }: NonNullable<HeldIdentity['client']>,
  asked: string[],
): string[] {
  return [
    ...defaultScopes,
    ...optionalScopes.filter(scope => asked.includes(scope)),
  ];
}
