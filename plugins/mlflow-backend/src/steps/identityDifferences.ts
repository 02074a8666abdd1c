import { instanceUrls } from 'backstage-plugin-mlflow-common';
import { ClientInput, ClientState } from '../systems/keycloak/clients';
import { MapperState } from '../systems/keycloak/mappers';
import { ScopeState } from '../systems/keycloak/scopes';
import {
  AUDIENCE_MAPPER_TYPE,
  GROUPS_MAPPER,
  HOST_ATTRIBUTE,
  WantedClient,
} from './identityWanted';

const FLAGS = [
  'enabled',
  'publicClient',
  'standardFlowEnabled',
  'implicitFlowEnabled',
  'directAccessGrantsEnabled',
  'serviceAccountsEnabled',
  'fullScopeAllowed',
] as const;

const TEXTS = ['name', 'description'] as const;

/** What must change of a client, and how it is told to a person. */
export interface ClientDifferences {
  input: ClientInput;
  missingScopes: string[];
  mapper: boolean;
  /** Mappers that would make all tokens out to MLflow, also a non-member's. */
  refusedMappers: MapperState[];
  reasons: string[];
}

/** Compares the fields that are ours; all others are left as they are. */
export function clientDifferences(
  found: ClientState,
  wanted: WantedClient,
): ClientDifferences {
  const input: ClientInput = {};
  const reasons: string[] = [];
  for (const flag of FLAGS) {
    if (found[flag] !== wanted.fields[flag]) {
      input[flag] = wanted.fields[flag];
      reasons.push(`${flag} is ${found[flag]}`);
    }
  }
  for (const text of TEXTS) {
    if (found[text] !== wanted.fields[text]) {
      input[text] = wanted.fields[text];
      reasons.push(`another ${text}`);
    }
  }
  const redirectUris = wantedRedirectUris(found, wanted);
  if (!sameSet(found.redirectUris, redirectUris)) {
    input.redirectUris = redirectUris;
    reasons.push('redirect URI of another host');
  }
  if (!sameSet(found.webOrigins, wanted.fields.webOrigins)) {
    input.webOrigins = wanted.fields.webOrigins;
    reasons.push('other web origins');
  }
  const attributes = Object.entries(wanted.attributes).filter(
    ([key, value]) => (found.attributes[key] ?? '') !== value,
  );
  if (attributes.length > 0) {
    input.attributes = Object.fromEntries(attributes);
    reasons.push(...attributes.map(([key]) => `attribute ${key}`));
  }
  const missingScopes = wanted.defaultScopes.filter(
    scope => !found.defaultScopes.includes(scope),
  );
  reasons.push(...missingScopes.map(scope => `lacks scope ${scope}`));
  const mapper = wanted.mapper
    ? mapperDifferences(
        found.mappers.find(m => m.name === wanted.mapper?.name),
        wanted.mapper,
      )
    : [];
  reasons.push(...mapper);
  const refusedMappers = found.mappers.filter(m =>
    includesAudience(m, wanted.refusedAudience),
  );
  reasons.push(
    ...refusedMappers.map(m => `mapper ${m.name} lets in who is no member`),
  );
  return {
    input,
    missingScopes,
    mapper: mapper.length > 0,
    refusedMappers,
    reasons,
  };
}

/** The mapper of a scope that writes groups into tokens. */
export function groupsMapperOf(scope: ScopeState): MapperState | undefined {
  return scope.mappers.find(mapper => mapper.type === GROUPS_MAPPER.type);
}

/** In what a scope differs from what MLflow needs, for people. */
export function scopeDifferences(scope: ScopeState): string[] {
  return mapperDifferences(groupsMapperOf(scope), GROUPS_MAPPER);
}

/** In what a mapper differs from what it must be, for people. */
export function mapperDifferences(
  found: MapperState | undefined,
  wanted: MapperState,
): string[] {
  if (!found) {
    return [`has no mapper of type ${wanted.type}`];
  }
  if (found.type !== wanted.type) {
    return [`mapper ${wanted.name} is of type ${found.type}`];
  }
  return Object.entries(wanted.config)
    .filter(([key, value]) => (found.config[key] ?? 'false') !== value)
    .map(
      ([key, value]) =>
        `mapper ${found.name}: ${key} is ${
          found.config[key] ?? 'not set'
        }, not ${value}`,
    );
}

function includesAudience(
  { type, config }: MapperState,
  audience: string | undefined,
): boolean {
  return (
    audience !== undefined &&
    type === AUDIENCE_MAPPER_TYPE &&
    [
      config['included.client.audience'],
      config['included.custom.audience'],
    ].includes(audience)
  );
}

/** Redirect URIs that somebody added stay; that of a former host goes. */
function wantedRedirectUris(
  found: ClientState,
  wanted: WantedClient,
): string[] {
  const formerHost = found.attributes[HOST_ATTRIBUTE];
  const former = formerHost && instanceUrls({ host: formerHost }).redirect;
  const others = found.redirectUris.filter(uri => uri !== former);
  return [...new Set([...others, ...wanted.fields.redirectUris])];
}

function sameSet(a: string[], b: string[]): boolean {
  return a.length === b.length && a.every(item => b.includes(item));
}
