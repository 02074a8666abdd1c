import { instanceUrls } from 'backstage-plugin-mlflow-common';
import { Facts } from '../diagnostics/Facts';
import { Hop } from '../diagnostics/facts/serverFacts';
import { toInstance } from '../instances/toInstance';
import { Settings } from '../diagnostics/facts/clusterFacts';
import { PlatformConfig } from '../platform/config';
import { SCHEMAS } from '../releases/schemas';
import { allowedHosts } from '../releases/values';
import { Instance } from '../steps/Step';
import { identityFacts } from './identityFacts';
import { NOW, testDeployment, testPod, testRecord } from './instances';
import { testPlatformConfig } from './platformConfig';

const JSON_OK: Hop = {
  status: 200,
  contentType: 'application/json',
  text: '{}',
};

/** What one look finds at an instance that is well; a test breaks one thing. */
export function healthyFacts(changes: Partial<Facts> = {}): Facts {
  const record = testRecord();
  const instance = toInstance(record);
  const platform = testPlatformConfig();
  const { names, spec } = instance;
  return {
    now: NOW,
    instance,
    platform,
    observed: {
      record,
      deployment: testDeployment(),
      pods: [
        testPod({
          phase: 'Running',
          conditions: [{ type: 'Ready', status: 'True' }],
        }),
      ],
      jobs: [],
      jobPods: [],
    },
    cluster: {
      value: {
        events: [],
        logs: [{ pod: 'mlflow-churn-0', lines: ['INFO: started'] }],
        secrets: secretsOf(instance),
        settings: settingsOf(instance, platform),
        ingress: [
          {
            name: names.release,
            hosts: [spec.host],
            className: 'traefik',
            addresses: ['192.0.2.1'],
          },
        ],
        quotas: [],
      },
    },
    server: {
      value: {
        pod: 'mlflow-churn-0',
        ready: JSON_OK,
        byService: JSON_OK,
        byHost: JSON_OK,
        anonymous: { ...JSON_OK, status: 401 },
        login: {
          status: 302,
          contentType: '',
          location: loginAddress(instance),
          text: '',
        },
        loginPage: {
          status: 200,
          contentType: 'text/html;charset=utf-8',
          text: '<title>Sign in</title>',
        },
        artifacts: JSON_OK,
        metrics: { status: 200, contentType: 'text/plain', text: '# HELP a b' },
        certificate: {
          subject: `CN=${spec.host}`,
          issuer: 'CN=CA',
          validTo: '2027-01-02T03:04:05.000Z',
        },
      },
    },
    databases: {
      value: {
        tracking: {
          name: names.trackingDatabase,
          exists: true,
          login: { ok: true },
          revision: SCHEMAS[spec.line].tracking[0],
        },
        auth: {
          name: names.authDatabase,
          exists: true,
          login: { ok: true },
          revision: SCHEMAS[spec.line].auth[0],
        },
        connections: { used: 4, limit: 40 },
      },
    },
    store: {
      value: {
        bucket: names.bucket,
        endpoint: platform.objectStore.endpoint,
        listing: { ok: true },
      },
    },
    identity: { value: identityFacts(instance) },
    ...changes,
  };
}

/** Where `/login` of an instance leads when nothing is amiss. */
export function loginAddress(
  instance: Instance,
  changes: Record<string, string> = {},
): string {
  const asked = new URLSearchParams({
    response_type: 'code',
    client_id: instance.names.client,
    redirect_uri: instanceUrls(instance.spec).redirect,
    scope: 'openid profile email groups',
    ...changes,
  });
  return `https://auth.example.com/realms/r/protocol/openid-connect/auth?${asked}`;
}

/** As the container of the server gets them from its release. */
function settingsOf(instance: Instance, platform: PlatformConfig): Settings {
  const { names, release } = instance;
  const { extraEnvVars } = release.values({
    instance,
    platform,
    image: { repository: 'registry.example.com/mlflow', tag: '1' },
    secretsDigest: 'd',
  });
  const plain = Object.entries(extraEnvVars ?? {}).map(([key, value]) => [
    key,
    String(value),
  ]);
  return {
    plain: {
      ...Object.fromEntries(plain),
      MLFLOW_SERVER_ALLOWED_HOSTS: allowedHosts(instance).join(','),
    },
    fromSecrets: {
      PGPASSWORD: { secret: names.secrets.database, key: 'password' },
      SECRET_KEY: { secret: names.secrets.oidc, key: 'SECRET_KEY' },
    },
    args: ['server', '--app-name=oidc-auth'],
  };
}

/** Every Secret with every key that the server needs. */
function secretsOf({ names, release }: Instance) {
  const { secrets } = names;
  return [
    { name: secrets.database, keys: ['username', 'password'], empty: [] },
    {
      name: secrets.objectStore,
      keys: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
      empty: [],
    },
    {
      name: secrets.oidc,
      keys: [
        'OIDC_CLIENT_ID',
        'OIDC_CLIENT_SECRET',
        'OIDC_USERS_DB_URI',
        ...Object.keys({ SECRET_KEY: '', ...release.generatedKeys }),
      ],
      empty: [],
    },
    {
      name: secrets.flask,
      keys: ['MLFLOW_FLASK_SERVER_SECRET_KEY'],
      empty: [],
    },
  ];
}
