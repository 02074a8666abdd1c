import { InstanceStatus } from 'backstage-plugin-mlflow-common';
import { MlflowApi, PlatformSummary } from '../api';

/** An instance that is well. */
export const readyStatus: InstanceStatus = {
  platform: 'sandbox',
  name: 'demo',
  owner: 'group:default/team-a',
  phase: 'Ready',
  reason: 'Ready',
  message: 'MLflow answers and people can log in.',
  conditions: [
    { type: 'Database', status: 'True', reason: 'Up', message: 'Reachable' },
  ],
  versions: {
    line: '3.17',
    mlflow: '3.17.2',
    oidcAuth: '11.0.2',
    chart: '1.11.5',
  },
  replicas: { wanted: 2, ready: 2 },
  urls: {
    mlflow: 'https://mlflow-demo.example.com/',
    permissions: 'https://mlflow-demo.example.com/oidc/ui/',
  },
  portalAccess:
    'The portal reads as mlflow-demo-reader, which changes nothing of others.',
  taskId: 'task-1',
  changedAt: '2026-01-01T00:00:00.000Z',
  observedAt: '2026-01-01T00:00:00.000Z',
};

/** A platform that takes instances. */
export const readyPlatform: PlatformSummary = {
  name: 'sandbox',
  title: 'Sandbox',
  domains: ['example.com', 'example.org'],
  defaultLine: '3.17',
  lines: [
    { line: '3.17', mlflow: '3.17.2' },
    { line: '3.6', mlflow: '3.6.0', warning: 'Unsigned tokens are accepted.' },
  ],
  ready: true,
};

/** A platform that takes none now. */
export const brokenPlatform: PlatformSummary = {
  ...readyPlatform,
  name: 'broken',
  title: 'Broken',
  ready: false,
  reason: 'PostgreSQL does not answer.',
};

/**
 * The backend as far as the browser sees it: one platform, everything free but
 * the name `taken` and the host `taken.example.com`; `mine` is the user's own
 * instance and not finished.
 */
export const fakeApi = (answers: Partial<MlflowApi> = {}): MlflowApi => ({
  getPlatforms: async () => [readyPlatform],
  checkName: async (_platform, name) => ({
    name,
    free: name !== 'taken',
    host: `mlflow-${name}.example.com`,
    ...(name === 'mine' && { yours: true }),
    ...(name === 'taken' && { reason: 'Team B has an instance "taken".' }),
  }),
  checkHost: async (_platform, host, name) => ({
    free: host !== 'taken.example.com',
    ...(name === 'mine' && { yours: true }),
  }),
  getOwners: async () => ({
    any: false,
    owners: ['group:default/team-a'],
    instanceGroups: [],
  }),
  getInstances: async () => [],
  getStatus: async () => readyStatus,
  ...answers,
});
