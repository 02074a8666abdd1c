import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import {
  INSTANCE_SIZES,
  instanceNames,
  Line,
  LINES,
} from 'backstage-plugin-mlflow-common';
import { testPlatformConfig } from '../__testUtils__/platformConfig';
import { Instance } from '../steps/Step';
import { HelmValues } from '../systems/helm/values';
import { offeredReleases, releaseOf } from './releases';
import { allowedHosts } from './values';

/** The community chart's own schemas lie beside the repository, if at all. */
const SCHEMAS = join(__dirname, '../../../../../shared/data/community-chart');

const instanceOf = (
  line: Line,
  spec: Partial<Instance['spec']> = {},
): Instance => ({
  id: 'i',
  mark: 'p/i',
  names: instanceNames('churn'),
  release: releaseOf(line),
  spec: {
    name: 'churn',
    platform: 'test',
    owner: 'group:default/team-a',
    description: '',
    host: 'churn.example.com',
    line,
    size: 'S',
    replicas: 1,
    defaultPermission: 'NO_PERMISSIONS',
    metrics: true,
    ...spec,
  },
});

const valuesOf = (line: Line, spec: Partial<Instance['spec']> = {}) =>
  releaseOf(line).values({
    instance: instanceOf(line, spec),
    platform: testPlatformConfig(),
    image: { repository: 'registry.example.com/mlflow', tag: '1@sha256:ab' },
    secretsDigest: 'digest',
  });

/**
 * What a chart's schema says against our values. A missing key is no fault: the
 * chart's own defaults are filled in before Helm validates.
 */
const faultsOf = (chart: string, values: HelmValues): string[] => {
  const file = join(SCHEMAS, `${chart}.values.schema.json`);
  const { properties } = JSON.parse(readFileSync(file, 'utf8'));
  const ajv = new Ajv({
    strict: false,
    validateFormats: false,
    allErrors: true,
  });
  return Object.entries(values).flatMap(([key, value]) => {
    if (!properties[key]) {
      return [`${key} is unknown to the chart`];
    }
    const validate = ajv.compile(properties[key]);
    validate(value);
    return (validate.errors ?? [])
      .filter(({ keyword }) => keyword !== 'required')
      .map(({ instancePath, message }) => `${key}${instancePath} ${message}`);
  });
};

describe('values', () => {
  const cases = LINES.flatMap(line =>
    INSTANCE_SIZES.flatMap(size =>
      [true, false].map(metrics => [line, size, metrics] as const),
    ),
  );
  if (existsSync(SCHEMAS)) {
    it.each(cases)(
      "of line %s, size %s, metrics %s pass the community chart's schema",
      (line, size, metrics) => {
        expect(
          faultsOf(releaseOf(line).chart, valuesOf(line, { size, metrics })),
        ).toEqual([]);
      },
    );
  } else {
    it.todo(`pass the community chart's schema, once it lies in ${SCHEMAS}`);
  }

  it.each(LINES)('of line %s hold no secret and no open door', line => {
    const text = JSON.stringify(valuesOf(line));
    expect(text).not.toMatch(/password":"p"|secretAccessKey":"s"/);
    expect(text).not.toContain('"*"');
    expect(valuesOf(line)).toMatchObject({
      securityContext: { readOnlyRootFilesystem: true, runAsNonRoot: true },
      serviceAccount: { automount: false },
      extraEnvVars: {
        DEFAULT_MLFLOW_PERMISSION: 'NO_PERMISSIONS',
        PGSSLMODE: 'verify-full',
        SESSION_COOKIE_SECURE: 'true',
      },
    });
  });

  it('bind tokens of line 3.17 to this instance and this issuer', () => {
    expect(valuesOf('3.17').extraEnvVars).toMatchObject({
      OIDC_AUDIENCE: 'mlflow-churn',
      OIDC_ISSUER: 'https://auth.example.com/realms/r',
      OIDC_DISCOVERY_URL:
        'https://keycloak.svc:8443/realms/r/.well-known/openid-configuration',
      OIDC_REDIRECT_URI: 'https://churn.example.com/callback',
    });
  });
});

describe('metrics', () => {
  it.each(LINES)(
    'of line %s are told by the server, and by no ServiceMonitor of the chart',
    line => {
      expect(valuesOf(line, { metrics: true })).toMatchObject({
        serviceMonitor: { enabled: false },
        extraArgs: { exposePrometheus: '/mlflow/metrics' },
      });
      expect(valuesOf(line, { metrics: false }).extraArgs).not.toHaveProperty(
        'exposePrometheus',
      );
    },
  );
});

describe('allowedHosts', () => {
  it('names the public host and the Service, each as clients write it', () => {
    expect(allowedHosts(instanceOf('3.17'))).toEqual([
      'churn.example.com',
      'churn.example.com:443',
      'mlflow-churn.mlflow-churn.svc.cluster.local',
      'mlflow-churn.mlflow-churn.svc.cluster.local:5000',
      'mlflow-churn.mlflow-churn.svc',
      'mlflow-churn.mlflow-churn.svc:5000',
      'mlflow-churn.mlflow-churn:5000',
      'mlflow-churn:5000',
    ]);
  });
});

describe('line 3.6', () => {
  it('refuses several replicas, whose sessions it cannot share', () => {
    const { spec } = instanceOf('3.6', { replicas: 2 });
    expect(releaseOf('3.6').refuses(spec)).toMatch(/one replica only/);
    expect(releaseOf('3.17').refuses(spec)).toBeUndefined();
  });
});

it.each([
  [false, ['3.17']],
  [true, ['3.17', '3.6']],
])(
  'offers, with insecure lines allowed: %s, %j',
  (allowInsecureLines, lines) => {
    const offered = offeredReleases({ allowInsecureLines });

    expect(offered.map(({ line }) => line)).toEqual(lines);
  },
);
