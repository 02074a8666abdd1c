import {
  AuditLog,
  EventView,
  Holdings,
  InstanceMetrics,
  LogPage,
  ReleaseRevision,
  Workload,
} from 'backstage-plugin-mlflow-common';

/** A server that came back after it ran out of memory, and its migration. */
export const someWorkload: Workload = {
  pods: [
    {
      name: 'mlflow-demo-7d9-abc',
      phase: 'Running',
      ready: true,
      node: 'node-1',
      startedAt: '2026-01-01T00:00:00.000Z',
      containers: [
        {
          name: 'mlflow',
          image: 'registry.example.com/mlflow:3.17.2',
          ready: true,
          restarts: 2,
          state: 'Running',
          lastState: 'OOMKilled',
          requests: { cpu: '250m', memory: '1Gi' },
          limits: { memory: '2Gi' },
        },
      ],
    },
    {
      name: 'mlflow-db-migration-xyz',
      job: 'mlflow-db-migration',
      phase: 'Failed',
      ready: false,
      containers: [
        {
          name: 'migration',
          image: 'registry.example.com/mlflow:3.17.2',
          ready: false,
          restarts: 0,
          state: 'Error',
          requests: {},
          limits: {},
        },
      ],
    },
  ],
  jobs: [
    {
      name: 'mlflow-db-migration',
      state: 'failed',
      message: 'The database is newer than the server.',
      startedAt: '2026-01-01T00:00:00.000Z',
      finishedAt: '2026-01-01T00:00:20.000Z',
    },
  ],
  migration: { by: 'job', revisions: { mlflow_demo: 'a1b2c3' } },
};

/** Two lines, of which one is known. */
export const someLog: LogPage = {
  pod: 'mlflow-demo-7d9-abc',
  container: 'mlflow',
  truncated: true,
  lines: [
    {
      time: '2026-01-01T00:00:01.000Z',
      text: 'INFO: Uvicorn running on http://0.0.0.0:5000',
    },
    {
      time: '2026-01-01T00:00:02.000Z',
      text: 'ERROR: Authorization error: User is not allowed to login.',
    },
  ],
};

export const someEvents: EventView[] = [
  {
    at: '2026-01-01T00:00:00.000Z',
    type: 'Warning',
    reason: 'BackOff',
    object: 'Pod mlflow-demo-7d9-abc',
    message: 'Back-off restarting failed container',
    count: 4,
  },
  {
    at: '2026-01-01T00:00:00.000Z',
    type: 'Normal',
    reason: 'Pulled',
    object: 'Pod mlflow-demo-7d9-abc',
    message: 'Container image already present on machine',
    count: 1,
  },
];

/** All systems answer but the object store. */
export const someHoldings: Holdings = {
  databases: {
    items: [
      { name: 'mlflow_demo', bytes: 12_345_678 },
      { name: 'mlflow_demo_auth', bytes: 8_000_000 },
    ],
  },
  bucket: { problem: 'The object store does not answer; look at its pods.' },
  client: {
    id: 'mlflow-demo',
    enabled: true,
    redirectUris: ['https://mlflow-demo.example.com/callback'],
    scopes: ['openid', 'groups'],
  },
  groups: {
    items: [
      { name: 'mlflow-demo-admins', members: 1 },
      { name: 'mlflow-demo-users', members: 12 },
    ],
  },
  secrets: {
    items: [
      {
        name: 'mlflow-db-secret',
        keys: ['username', 'password'],
        changedAt: '2026-01-01T00:00:00.000Z',
      },
    ],
  },
};

export const someHistory: ReleaseRevision[] = [
  {
    revision: 2,
    status: 'deployed',
    chart: 'mlflow-1.11.5',
    appVersion: '3.17.2',
    at: '2026-01-02T00:00:00.000Z',
    description: 'Upgrade complete',
  },
  {
    revision: 1,
    status: 'superseded',
    chart: 'mlflow-1.11.5',
    at: '2026-01-01T00:00:00.000Z',
    description: 'Install complete',
  },
];

export const someAudit: AuditLog = {
  supported: true,
  entries: [
    {
      at: '2026-01-01T00:00:01.000Z',
      event: 'auth.denied_unknown_user',
      user: 'outsider@example.com',
      detail: 'reason=no_group',
      denied: true,
    },
    {
      at: '2026-01-01T00:00:00.000Z',
      event: 'auth.login_success',
      user: 'member@example.com',
      detail: 'provider=default',
      denied: false,
    },
  ],
};

/** An hour in which there was little to do and nothing failed. */
export const someMetrics: InstanceMetrics = {
  state: 'shown',
  series: [
    {
      name: 'requests',
      unit: 'perSecond',
      points: [
        [1_767_225_600, 0.5],
        [1_767_225_660, 2],
        [1_767_225_720, 1.25],
      ],
    },
    {
      name: 'errors',
      unit: 'share',
      points: [
        [1_767_225_600, 0],
        [1_767_225_660, 0.05],
      ],
    },
    { name: 'latency', unit: 'seconds', points: [] },
  ],
};
