import {
  InstancePlan,
  InstanceStatus,
  PlatformSummary,
} from 'backstage-plugin-mlflow-common';
import { MlflowApi } from '../api';
import {
  someAudit,
  someEvents,
  someHistory,
  someHoldings,
  someLog,
  someMetrics,
  someWorkload,
} from './views';

/** An instance that is well. */
export const readyStatus: InstanceStatus = {
  id: '6f1c0a52',
  platform: 'sandbox',
  name: 'demo',
  owner: 'group:default/team-a',
  phase: 'Ready',
  reason: 'Ready',
  message: 'MLflow answers and people can log in.',
  conditions: [
    { type: 'Database', status: 'True', reason: 'Up', message: 'Reachable' },
  ],
  findings: [],
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

/** What a run would make where nothing is there yet. */
export const freshPlan: InstancePlan = {
  instance: 'sandbox/demo',
  exists: false,
  digest: 'a1b2c3',
  counts: { create: 3, update: 0, keep: 1, conflict: 0 },
  steps: [
    {
      step: 'claim',
      title: 'Claim the name',
      system: 'Kubernetes',
      changes: [
        { system: 'Kubernetes', object: 'name demo', action: 'create' },
      ],
    },
    {
      step: 'image',
      title: 'Build the image',
      system: 'Registry',
      changes: [
        {
          system: 'Registry',
          object: 'image registry.example.com/mlflow:3.17.2',
          action: 'keep',
        },
      ],
    },
    {
      step: 'database',
      title: 'Make the databases',
      system: 'PostgreSQL',
      changes: [
        { system: 'PostgreSQL', object: 'role mlflow_demo', action: 'create' },
        {
          system: 'PostgreSQL',
          object: 'database mlflow_demo',
          action: 'create',
        },
      ],
    },
  ],
  conflicts: [],
  warnings: ['With one replica MLflow is away while its pod starts anew.'],
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
    host,
    free: host !== 'taken.example.com',
    ...(name === 'mine' && { yours: true }),
  }),
  getOwners: async () => ({
    any: false,
    owners: ['group:default/team-a'],
    instanceGroups: [],
  }),
  getPlan: async () => freshPlan,
  getInstances: async () => [],
  getStatus: async () => readyStatus,
  checkInstance: async () => readyStatus,
  checkLogin: async (_entityRef, user) => ({
    user,
    allowed: true,
    admin: false,
    findings: [],
  }),
  getWorkload: async () => someWorkload,
  getLogs: async () => someLog,
  getEvents: async () => someEvents,
  getHoldings: async () => someHoldings,
  getHistory: async () => someHistory,
  getDrift: async () => ({ ...freshPlan, exists: true }),
  getAudit: async () => someAudit,
  getMetrics: async () => someMetrics,
  ...answers,
});
