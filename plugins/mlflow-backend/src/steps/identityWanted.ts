import { instanceUrls } from 'backstage-plugin-mlflow-common';
import { ClientFields } from '../systems/keycloak/clients';
import { MapperState } from '../systems/keycloak/mappers';
import { MARK_ATTRIBUTE } from '../systems/keycloak/mark';
import { Instance } from './Step';

/** Client scope that puts a user's groups into tokens; one a realm. */
export const GROUPS_SCOPE = 'groups';

/** The clients of an instance, by what they are for. */
export const CLIENT_KINDS = ['login', 'cli', 'reader', 'provisioner'] as const;

/** @see CLIENT_KINDS */
export type ClientKind = (typeof CLIENT_KINDS)[number];

/** A client as it should be. */
export interface WantedClient {
  clientId: string;
  fields: ClientFields;
  /** An empty text means that the attribute must not be there. */
  attributes: Record<string, string>;
  defaultScopes: string[];
  optionalScopes: string[];
  /** Writes into each of its tokens. */
  mapper?: MapperState;
  /** Audience that no mapper of the client may write into each of its tokens. */
  refusedAudience?: string;
}

/** Attribute that holds the host of our redirect URI, to tell it from others. */
export const HOST_ATTRIBUTE = 'mlflow.host';

/** Role of the terminal client that the instance's groups give. */
export const MEMBER_ROLE = 'member';

/** Type of the mapper that writes an audience, whoever the token is for. */
export const AUDIENCE_MAPPER_TYPE = 'oidc-audience-mapper';

/** MLflow-OIDC reads this claim of the ID token and of access tokens. */
export const GROUPS_MAPPER: MapperState = {
  name: 'groups',
  type: 'oidc-group-membership-mapper',
  config: {
    'claim.name': 'groups',
    // With the full path the claim would hold `/name`, which MLflow knows not.
    'full.path': 'false',
    'id.token.claim': 'true',
    'access.token.claim': 'true',
    'userinfo.token.claim': 'true',
  },
};

const NO_FLOW: ClientFields = {
  name: '',
  description: '',
  enabled: true,
  publicClient: false,
  standardFlowEnabled: false,
  implicitFlowEnabled: false,
  directAccessGrantsEnabled: false,
  serviceAccountsEnabled: false,
  // Roles of the realm have no meaning in MLflow: they stay out of its tokens.
  fullScopeAllowed: false,
  redirectUris: [],
  webOrigins: [],
};

/** All clients that an instance needs. */
export function wantedClients(
  instance: Instance,
): Record<ClientKind, WantedClient> {
  const { names, spec, mark, release } = instance;
  const { mlflow, permissions, redirect } = instanceUrls(spec);
  const title = `MLflow ${spec.name}`;
  const common = {
    attributes: { [MARK_ATTRIBUTE]: mark },
    optionalScopes: [],
  };
  const mapper = audienceMapper(names.client);
  const identityScopes = ['basic', 'profile', 'email'];
  return {
    login: {
      ...common,
      clientId: names.client,
      fields: {
        ...NO_FLOW,
        name: title,
        description: 'People log in to MLflow by it.',
        standardFlowEnabled: true,
        redirectUris: [redirect],
        webOrigins: [origin(mlflow)],
      },
      attributes: {
        ...common.attributes,
        [HOST_ATTRIBUTE]: spec.host,
        // mlflow-oidc-auth 11 sends people here when Keycloak has logged them out.
        'post.logout.redirect.uris': `${permissions}auth`,
        'oauth2.device.authorization.grant.enabled': 'false',
        // mlflow-oidc-auth 5.6.1 sends no code challenge.
        'pkce.code.challenge.method': release.line === '3.6' ? '' : 'S256',
      },
      defaultScopes: [...identityScopes, GROUPS_SCOPE],
      // For the refresh tokens that let a browser session outlive its token.
      optionalScopes: ['offline_access'],
      // MLflow logs people in by the ID token, and looks at the groups itself.
      refusedAudience: names.client,
    },
    cli: {
      ...common,
      clientId: names.cliClient,
      fields: {
        ...NO_FLOW,
        name: `${title} on a terminal`,
        description:
          'A person gets a token for MLflow by it, without any secret (device authorization).',
        publicClient: true,
      },
      attributes: {
        ...common.attributes,
        'oauth2.device.authorization.grant.enabled': 'true',
      },
      defaultScopes: [...identityScopes, GROUPS_SCOPE],
      // Members have it by a scope of their own: see membersScope.
      refusedAudience: names.client,
    },
    reader: {
      ...common,
      clientId: names.readerClient,
      fields: {
        ...NO_FLOW,
        name: `${title}, read by the portal`,
        description: 'The portal reads MLflow as this service account.',
        serviceAccountsEnabled: true,
      },
      defaultScopes: identityScopes,
      mapper,
    },
    provisioner: {
      ...common,
      clientId: names.provisionerClient,
      fields: {
        ...NO_FLOW,
        name: `${title}, prepared by the portal`,
        description:
          'Administers MLflow while the portal prepares its users; disabled at all other times.',
        enabled: false,
        serviceAccountsEnabled: true,
      },
      attributes: {
        ...common.attributes,
        // MLflow cannot take a token back: an administrator's ends soon, seconds.
        'access.token.lifespan': '60',
      },
      defaultScopes: [...identityScopes, GROUPS_SCOPE],
      mapper,
    },
  };
}

/**
 * Client scope by which the terminal client makes a member's token out to
 * MLflow. Its role is the terminal client's and not the login client's, since
 * Keycloak puts every client whose roles a person has into the audience of the
 * tokens that other clients of the realm get.
 */
export function membersScope({ names }: Instance): string {
  return names.cliClient;
}

/** What {@link membersScope} writes into tokens. */
export function membersMapper({ names }: Instance): MapperState {
  return audienceMapper(names.client);
}

/** Address of the reader's service account; line 3.6 wants an `email` claim. */
export function readerEmail({ names, spec }: Instance): string {
  return `${names.readerClient}@service.${spec.host}`;
}

/** Platform id of an instance's mark: objects that instances share bear it. */
export function platformMark({ mark }: Instance): string {
  return mark.slice(0, mark.indexOf('/'));
}

/** MLflow refuses tokens that are not made out to it. */
function audienceMapper(audience: string): MapperState {
  return {
    name: 'mlflow-audience',
    type: AUDIENCE_MAPPER_TYPE,
    config: {
      'included.client.audience': audience,
      'access.token.claim': 'true',
      'id.token.claim': 'false',
      'introspection.token.claim': 'true',
    },
  };
}

function origin(url: string): string {
  return new URL(url).origin;
}
