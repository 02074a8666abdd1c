import { healthyFacts, loginAddress } from '../__testUtils__/facts';
import {
  discovered,
  DISCOVERY,
  failing,
  holding,
  HTML,
  logging,
  refused,
  serving,
  told,
  withMappers,
} from '../__testUtils__/identityChanges';
import { heldIdentity } from '../__testUtils__/identityFacts';
import { GROUPS_MAPPER } from '../steps/identityWanted';
import { diagnose } from './diagnose';
import { Facts } from './Facts';
import { IDENTITY_CAUSES } from './identityCauses';

const healthy = healthyFacts();
const { instance } = healthy;
const held = heldIdentity(instance);
const { client } = held;
if (!client) {
  throw new Error('A healthy instance has a client.');
}

const find = (...changes: Partial<Facts>[]) =>
  diagnose(Object.assign({}, healthy, ...changes), IDENTITY_CAUSES);

it('finds nothing at a healthy instance, nor where nobody could be asked', () => {
  expect(find()).toEqual([]);
  const problem = { problem: 'No answer.' };
  expect(
    find({
      cluster: problem,
      server: problem,
      identity: problem,
    }),
  ).toEqual([]);
});

describe.each<{
  cause: string;
  facts: Partial<Facts>[];
  title: string;
  evidence: string;
  repair: boolean;
}>([
  {
    cause: 'redirect-uri-mismatch',
    facts: [
      refused,
      holding({ client: { ...client, redirectUris: ['https://x/callback'] } }),
    ],
    title:
      'does not send people back to https://mlflow-churn.example.com/callback',
    evidence: 'https://x/callback',
    repair: true,
  },
  {
    cause: 'redirect-uri-mismatch',
    facts: [
      serving({
        login: {
          status: 302,
          contentType: '',
          location: loginAddress(instance, { redirect_uri: 'https://y/cb' }),
          text: '',
        },
        loginPage: { status: 400, contentType: HTML, text: '' },
      }),
    ],
    title: 'does not send people back to https://y/cb',
    evidence: 'https://mlflow-churn.example.com/callback',
    repair: true,
  },
  {
    cause: 'client-missing',
    facts: [refused, holding({ client: undefined, secretMatches: undefined })],
    title: 'no client mlflow-churn any more',
    evidence: 'no client mlflow-churn',
    repair: true,
  },
  {
    cause: 'client-missing',
    facts: [holding({ clientOfSecret: 'other' })],
    title: 'by client other instead of its own, mlflow-churn',
    evidence: 'other',
    repair: true,
  },
  {
    cause: 'client-missing',
    facts: [
      serving({
        login: {
          status: 302,
          contentType: '',
          location: loginAddress(instance, { client_id: 'another' }),
          text: '',
        },
      }),
    ],
    title: 'by client another instead of its own, mlflow-churn',
    evidence: 'another',
    repair: true,
  },
  {
    cause: 'client-disabled',
    facts: [refused, holding({ client: { ...client, enabled: false } })],
    title: 'Client mlflow-churn is disabled',
    evidence: 'enabled: false',
    repair: true,
  },
  {
    cause: 'realm-missing',
    facts: [
      serving({
        login: { status: 500, contentType: HTML, text: '' },
        loginPage: undefined,
      }),
      discovered({ status: 404, message: 'answers 404' }),
    ],
    title: 'Keycloak has no realm r',
    evidence: 'answers 404',
    repair: false,
  },
  {
    cause: 'realm-missing',
    facts: [
      failing,
      told({ OIDC_DISCOVERY_URL: DISCOVERY.replace('/r/', '/other/') }),
    ],
    title: "by realm other of Keycloak; the platform's is r",
    evidence: '/realms/other/',
    repair: true,
  },
  {
    cause: 'groups-scope-missing',
    facts: [
      refused,
      holding({ client: { ...client, defaultScopes: ['email'] } }),
    ],
    title: 'mlflow-churn does not have the client scope groups',
    evidence: 'email',
    repair: true,
  },
  {
    cause: 'groups-scope-missing',
    facts: [holding({ client: { ...client, defaultScopes: [] }, scopes: [] })],
    title: 'does not have the client scope groups',
    evidence: 'no client scope groups',
    repair: true,
  },
  {
    cause: 'groups-mapper-missing',
    facts: [holding(withMappers())],
    title: 'no mapper that writes the claim groups',
    evidence: 'none',
    repair: true,
  },
  {
    cause: 'groups-mapper-missing',
    facts: [holding(withMappers({ config: { 'claim.name': 'teams' } }))],
    title: 'no mapper that writes the claim groups',
    evidence: 'groups (oidc-group-membership-mapper)',
    repair: true,
  },
  {
    cause: 'groups-mapper-not-in-id-token',
    facts: [holding(withMappers({ config: { 'id.token.claim': 'false' } }))],
    title: 'does not write groups into the ID token',
    evidence: 'id.token.claim: false',
    repair: true,
  },
  {
    cause: 'groups-mapper-full-path',
    facts: [holding(withMappers({ config: { 'full.path': 'true' } }))],
    title:
      'writes /mlflow-churn-users, and MLflow looks for mlflow-churn-users',
    evidence: 'full.path: true',
    repair: true,
  },
  {
    cause: 'group-homonym',
    facts: [
      holding({
        groups: held.groups.map(group => ({
          ...group,
          homonyms: group.admin ? ['/team/mlflow-churn-admins'] : [],
        })),
      }),
    ],
    title:
      'Members of /team/mlflow-churn-admins get into this MLflow as if they were in group mlflow-churn-admins, as administrators',
    evidence: '/team/mlflow-churn-admins',
    repair: false,
  },
  {
    cause: 'group-missing',
    facts: [
      holding({
        groups: held.groups.map(group => ({ ...group, exists: group.admin })),
      }),
    ],
    title: 'no group mlflow-churn-users any more, so nobody can log in by it',
    evidence: 'no mlflow-churn-users',
    repair: true,
  },
  {
    cause: 'wrong-client-secret',
    facts: [holding({ secretMatches: false })],
    title: "server's secret of client mlflow-churn is not the one",
    evidence: 'differs from the secret of client mlflow-churn',
    repair: true,
  },
  {
    cause: 'keycloak-unreachable',
    facts: [failing, discovered({ message: 'no answer (ECONNREFUSED)' })],
    title: 'Keycloak does not answer',
    evidence: 'no answer (ECONNREFUSED)',
    repair: false,
  },
  {
    cause: 'keycloak-unreachable',
    facts: [failing, told({ OIDC_DISCOVERY_URL: 'https://dead/realms/r/' })],
    title: 'does not reach Keycloak at https://dead/realms/r/',
    evidence: 'https://dead/realms/r/',
    repair: true,
  },
  {
    cause: 'keycloak-unreachable',
    facts: [failing, logging('ERROR All connection attempts failed')],
    title: `does not reach Keycloak at ${DISCOVERY}`,
    evidence: 'All connection attempts failed',
    repair: false,
  },
  {
    cause: 'login-page-refused',
    facts: [
      serving({
        loginPage: {
          status: 302,
          contentType: '',
          location:
            'https://mlflow-churn.example.com/callback?error=unauthorized_client&error_description=Standard+flow+is+disabled',
          text: '',
        },
      }),
      holding({ client: { ...client, standardFlowEnabled: false } }),
    ],
    title: 'Keycloak refuses to show its login page',
    evidence: 'unauthorized_client: Standard flow is disabled',
    repair: true,
  },
  {
    cause: 'login-page-refused',
    facts: [refused],
    title: 'Keycloak refuses to show its login page',
    evidence: '400 Invalid parameter: redirect_uri',
    repair: false,
  },
  {
    cause: 'login-page-refused',
    facts: [failing],
    title: 'the server cannot begin a login',
    evidence: 'Failed to initiate OIDC login',
    repair: false,
  },
])('$cause: $title', ({ cause, facts, title, evidence, repair }) => {
  const findings = find(...facts);

  it('is found, and nothing else', () => {
    expect(findings.map(finding => finding.cause)).toEqual([cause]);
  });

  it('shows evidence and a remedy', () => {
    const [finding] = findings;
    expect(finding.title).toContain(title);
    expect(finding.evidence.map(({ text }) => text).join('\n')).toContain(
      evidence,
    );
    expect(finding.remedy).toMatch(/^[A-Z].*\.$/s);
    expect(finding.template).toBe(repair ? 'mlflow-repair' : undefined);
  });
});

describe('keeps silent', () => {
  it.each<[string, Partial<Facts>[]]>([
    [
      'where Keycloak allows an address by a star',
      [
        holding({
          client: {
            ...client,
            redirectUris: ['https://mlflow-churn.example.com/*'],
          },
        }),
        serving({ loginPage: undefined }),
      ],
    ],
    [
      'where the login page opens, whatever the portal reads',
      [
        holding({ client: { ...client, redirectUris: [] } }),
        discovered({ status: 404, message: 'answers 404' }),
      ],
    ],
    [
      'about an optional scope that the server asks for',
      [
        holding({
          client: {
            ...client,
            defaultScopes: ['email'],
            optionalScopes: ['groups'],
          },
        }),
      ],
    ],
    [
      'about a mapper of the client itself',
      [
        holding({
          ...withMappers(),
          client: { ...client, mappers: [GROUPS_MAPPER] },
        }),
      ],
    ],
    [
      'about the login of a server that is not ready',
      [
        failing,
        serving({
          login: { status: 500, contentType: HTML, text: '' },
          loginPage: undefined,
          ready: { status: 503, contentType: HTML, text: '' },
        }),
      ],
    ],
  ])('%s', (_, facts) => {
    expect(find(...facts)).toEqual([]);
  });
});

it('leaves a scope that somebody else made to its owner', () => {
  const { scopes = [] } = withMappers({ config: { 'full.path': 'true' } });
  const [finding] = find(
    holding({ scopes: scopes.map(scope => ({ ...scope, mark: undefined })) }),
  );
  expect(finding.template).toBeUndefined();
  expect(finding.remedy).toContain('an administrator of the realm must do it');
});
