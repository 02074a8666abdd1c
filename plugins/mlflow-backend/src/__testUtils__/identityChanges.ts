import { Facts, known } from '../diagnostics/Facts';
import { HeldIdentity } from '../diagnostics/facts/identityFacts';
import { ServerFacts } from '../diagnostics/facts/serverFacts';
import { GROUPS_MAPPER } from '../steps/identityWanted';
import { healthyFacts } from './facts';
import { heldIdentity, identityFacts } from './identityFacts';

const healthy = healthyFacts();
const { instance } = healthy;

/** Type of a page. */
export const HTML = 'text/html';
/** Where pods read the realm. */
export const DISCOVERY =
  'https://keycloak.svc:8443/realms/r/.well-known/openid-configuration';

/** Keycloak holds something else. */
export const holding = (changes: Partial<HeldIdentity>): Partial<Facts> => ({
  identity: { value: identityFacts(instance, changes) },
});

/** The server answers something else. */
export const serving = (changes: Partial<ServerFacts>): Partial<Facts> => {
  const server = known(healthy.server);
  return server ? { server: { value: { ...server, ...changes } } } : {};
};

/** The server was told something else. */
export const told = (plain: Record<string, string>): Partial<Facts> => {
  const cluster = known(healthy.cluster);
  return cluster
    ? {
        cluster: {
          value: {
            ...cluster,
            settings: {
              ...cluster.settings,
              plain: { ...cluster.settings.plain, ...plain },
            },
          },
        },
      }
    : {};
};

/** The server said this in its log. */
export const logging = (line: string): Partial<Facts> => {
  const cluster = known(healthy.cluster);
  return cluster
    ? {
        cluster: { value: { ...cluster, logs: [{ pod: 'p', lines: [line] }] } },
      }
    : {};
};

/** Keycloak shows an error instead of its login page. */
export const refused = serving({
  loginPage: {
    status: 400,
    contentType: HTML,
    text: '<p class="instruction">Invalid parameter: redirect_uri</p>',
  },
});
/** The server cannot begin a login. */
export const failing = serving({
  login: {
    status: 500,
    contentType: 'application/json',
    text: '{"detail":"Failed to initiate OIDC login"}',
  },
  loginPage: undefined,
});

/** Client scope `groups` has these mappers, each in something else than it should be. */
export const withMappers = (
  ...mappers: { config?: Record<string, string>; type?: string }[]
): Partial<HeldIdentity> => ({
  scopes: heldIdentity(instance).scopes.map(scope =>
    scope.name === 'groups'
      ? {
          ...scope,
          mappers: mappers.map(({ config, type = GROUPS_MAPPER.type }) => ({
            name: 'groups',
            type,
            config: { ...GROUPS_MAPPER.config, ...config },
          })),
        }
      : scope,
  ),
});

/** The realm cannot be read. */
export const discovered = (discovery: {
  status?: number;
  message: string;
}) => ({
  identity: {
    value: {
      ...identityFacts(instance),
      discovery: { url: DISCOVERY, ok: false as const, ...discovery },
      held: { problem: 'Keycloak: could not log in.' },
    },
  },
});
