import { JsonObject } from '@backstage/types';

/** Who asks, as the demo's organisation has them. */
export const CALLERS = {
  nobody: 'without a sign-in',
  outsider: 'signed in, of another team',
  member: 'of the owning group',
  owner: 'of the owning group, and made the instance',
  admin: 'of the group that administers the platform',
  service: 'another plugin of the portal, for itself',
} as const;

/** One column of the matrix. */
export type Caller = keyof typeof CALLERS;

/** One row of the matrix: something that can be asked for, and who may. */
export interface Right {
  /** Route or id of the action, and what tells its rows apart. */
  operation: string;
  /** What is asked of the permission framework. */
  needs: string;
  allowed: readonly Caller[];
  /** Audit event, emitted whether it is allowed or not. */
  event: string;
}

/** A route, and how the test asks it. */
export interface RouteRight extends Right {
  path: string;
  /** Sent by POST. */
  body?: JsonObject;
}

/** An action, and how the test runs it. */
export interface ActionRight extends Right {
  action: string;
  input: JsonObject;
}

/** Instance that `group:default/team-a` owns. */
export const INSTANCE = { platform: 'test', name: 'mine' };
const TEAM = 'group:default/team-a';
const OTHER_TEAM = 'group:default/team-b';

const ALL: readonly Caller[] = [
  'outsider',
  'member',
  'owner',
  'admin',
  'service',
];
const PEOPLE: readonly Caller[] = ['outsider', 'member', 'owner', 'admin'];
const TEAM_AND_ADMINS: readonly Caller[] = ['member', 'owner', 'admin'];
const OWN: readonly Caller[] = [...TEAM_AND_ADMINS, 'service'];

const CREATE_SOME = '`mlflow.instance.create` on some instance';
const CREATE = '`mlflow.instance.create`';
const CLAIM = `${CREATE}, and to be in the owning group or \`mlflow.instance.admin\``;

/** Every route. */
export const ROUTES: readonly RouteRight[] = [
  {
    operation: 'GET /v1/instances',
    path: 'instances',
    event: 'instance-list',
    needs: '`mlflow.instance.read`, filters',
    allowed: ALL,
  },
  {
    operation: 'GET /v1/entity/{namespace}/{kind}/{name}/status',
    path: 'entity/default/component/mlflow-mine.test/status',
    event: 'instance-status-fetch',
    needs: '`mlflow.instance.read`',
    allowed: ALL,
  },
  {
    operation: 'GET /v1/entity/{namespace}/{kind}/{name}/metrics',
    path: 'entity/default/component/mlflow-mine.test/metrics',
    event: 'instance-metrics-fetch',
    needs: '`mlflow.instance.read`',
    allowed: ALL,
  },
  {
    operation: 'GET /v1/entity/{namespace}/{kind}/{name}/workload',
    path: 'entity/default/component/mlflow-mine.test/workload',
    event: 'instance-workload-fetch',
    needs: '`mlflow.instance.read`',
    allowed: ALL,
  },
  {
    operation: 'GET /v1/entity/{namespace}/{kind}/{name}/logs',
    path: 'entity/default/component/mlflow-mine.test/logs?pod=mlflow-mine-0',
    event: 'instance-logs-fetch',
    needs: '`mlflow.instance.logs.read`',
    allowed: OWN,
  },
  {
    operation: 'GET /v1/entity/{namespace}/{kind}/{name}/events',
    path: 'entity/default/component/mlflow-mine.test/events',
    event: 'instance-events-fetch',
    needs: '`mlflow.instance.logs.read`',
    allowed: OWN,
  },
  {
    operation: 'GET /v1/entity/{namespace}/{kind}/{name}/holdings',
    path: 'entity/default/component/mlflow-mine.test/holdings',
    event: 'instance-holdings-fetch',
    needs: '`mlflow.instance.logs.read`',
    allowed: OWN,
  },
  {
    operation: 'GET /v1/entity/{namespace}/{kind}/{name}/history',
    path: 'entity/default/component/mlflow-mine.test/history',
    event: 'instance-history-fetch',
    needs: '`mlflow.instance.read`',
    allowed: ALL,
  },
  {
    operation: 'GET /v1/entity/{namespace}/{kind}/{name}/drift',
    path: 'entity/default/component/mlflow-mine.test/drift',
    event: 'instance-drift-fetch',
    needs: '`mlflow.instance.logs.read`',
    allowed: OWN,
  },
  {
    operation: 'GET /v1/entity/{namespace}/{kind}/{name}/audit',
    path: 'entity/default/component/mlflow-mine.test/audit',
    event: 'instance-audit-fetch',
    needs: '`mlflow.instance.logs.read`',
    allowed: OWN,
  },
  {
    operation: 'POST /v1/entity/{namespace}/{kind}/{name}/check',
    path: 'entity/default/component/mlflow-mine.test/check?maxAge=600',
    event: 'instance-check',
    body: {},
    needs: '`mlflow.instance.read`',
    allowed: ALL,
  },
  {
    operation: 'POST /v1/entity/{namespace}/{kind}/{name}/login-check',
    path: 'entity/default/component/mlflow-mine.test/login-check',
    event: 'instance-login-check',
    body: { user: 'somebody' },
    needs: '`mlflow.instance.update`',
    allowed: OWN,
  },
  {
    operation: 'GET /v1/platforms',
    path: 'platforms',
    event: 'platform-list',
    needs: CREATE_SOME,
    allowed: ALL,
  },
  {
    operation: 'GET /v1/platforms/{platform}/names/{name}',
    path: 'platforms/test/names/mine',
    event: 'name-check',
    needs: CREATE_SOME,
    allowed: ALL,
  },
  {
    operation: 'GET /v1/platforms/{platform}/hosts/{host}',
    path: 'platforms/test/hosts/mlflow-mine.example.com',
    event: 'host-check',
    needs: CREATE_SOME,
    allowed: ALL,
  },
  {
    operation: 'GET /v1/owners',
    path: 'owners',
    event: 'owner-list',
    needs: CREATE_SOME,
    allowed: PEOPLE,
  },
  {
    operation: 'POST /v1/plan',
    path: 'plan',
    event: 'instance-plan',
    body: { ...INSTANCE, owner: TEAM },
    needs: CLAIM,
    allowed: TEAM_AND_ADMINS,
  },
];

const instance = `${INSTANCE.platform}/${INSTANCE.name}`;

const PROVISION = 'instance-provision';

const step = (action: string): ActionRight => ({
  operation: action,
  action,
  event: PROVISION,
  input: { instance },
  needs: CREATE,
  allowed: OWN,
});

/** Every action. */
export const ACTIONS: readonly ActionRight[] = [
  {
    operation: 'mlflow:platform:check',
    action: 'mlflow:platform:check',
    event: 'platform-check',
    input: { platform: INSTANCE.platform },
    needs: '`mlflow.instance.admin` on the platform',
    allowed: ['admin', 'service'],
  },
  {
    operation: 'mlflow:instance:plan',
    action: 'mlflow:instance:plan',
    event: PROVISION,
    input: { ...INSTANCE, owner: TEAM },
    needs: CLAIM,
    allowed: TEAM_AND_ADMINS,
  },
  {
    operation: 'mlflow:instance:claim',
    action: 'mlflow:instance:claim',
    event: PROVISION,
    input: { ...INSTANCE, owner: TEAM },
    needs: CLAIM,
    allowed: TEAM_AND_ADMINS,
  },
  {
    operation: 'mlflow:instance:claim for team-b',
    action: 'mlflow:instance:claim',
    event: PROVISION,
    input: { ...INSTANCE, owner: OTHER_TEAM },
    needs: CLAIM,
    allowed: ['outsider', 'admin'],
  },
  {
    operation: 'mlflow:instance:resume',
    action: 'mlflow:instance:resume',
    event: PROVISION,
    input: { instance },
    needs: CLAIM,
    allowed: TEAM_AND_ADMINS,
  },
  {
    operation: 'mlflow:instance:resume with repair',
    action: 'mlflow:instance:resume',
    event: PROVISION,
    input: { instance, repair: true },
    needs: `\`mlflow.instance.update\`, and what a claim needs`,
    allowed: TEAM_AND_ADMINS,
  },
  step('mlflow:image:ensure'),
  step('mlflow:namespace:ensure'),
  step('mlflow:database:ensure'),
  step('mlflow:bucket:ensure'),
  step('mlflow:identity:ensure'),
  step('mlflow:access:grant'),
  step('mlflow:migration:run'),
  step('mlflow:release:deploy'),
  step('mlflow:instance:verify'),
  step('mlflow:instance:publish'),
  {
    operation: 'mlflow:instance:transfer',
    action: 'mlflow:instance:transfer',
    event: PROVISION,
    input: { instance, owner: OTHER_TEAM },
    needs: '`mlflow.instance.update`',
    allowed: OWN,
  },
  {
    operation: 'mlflow:instance:undo with unfinished',
    action: 'mlflow:instance:undo',
    event: PROVISION,
    input: { instance, unfinished: true },
    needs: '`mlflow.instance.delete`',
    allowed: OWN,
  },
  {
    operation: 'mlflow:instance:undo of what this task made',
    action: 'mlflow:instance:undo',
    event: PROVISION,
    input: { instance },
    needs: 'nothing',
    allowed: ['nobody', ...ALL],
  },
];
