import { MIGRATION_JOB } from '../../steps/migration';
import { CauseCase } from './CauseCase';
import {
  annotated,
  auth,
  cluster,
  crashed,
  databases,
  deploying,
  holding,
  inCluster,
  logging,
  observing,
  refused,
  serving,
  tracking,
  TRACKING_OLDER,
  unready,
} from './changes';

const DENIED = 'password authentication failed for user "r" (28P01)';
const NO_DATABASE = 'database "x" does not exist (3D000)';

/** Causes in what PostgreSQL holds. */
export const DATABASES_CASES: CauseCase[] = [
  {
    cause: 'tracking-database-password',
    // Both databases are of one role, and the Secret is not what pods have.
    facts: [
      holding({
        tracking: {
          ...databases.tracking,
          user: 'r',
          login: refused('password', DENIED),
        },
        auth: {
          ...databases.auth,
          user: 'r',
          login: refused('password', DENIED),
        },
      }),
      inCluster({ secretsDigest: 'other' }),
      deploying(annotated('d')),
    ],
    title: /database mlflow_churn\./,
    evidence: /password authentication failed/,
    repair: true,
  },
  {
    cause: 'auth-database-password',
    facts: [auth(refused('password', DENIED))],
    title: /database mlflow_churn_auth\./,
    evidence: /password authentication failed/,
    repair: true,
  },
  {
    cause: 'tracking-database-missing',
    facts: [tracking(refused('missing', NO_DATABASE))],
    title: /Database mlflow_churn does not exist/,
    evidence: /does not exist/,
    repair: false,
  },
  {
    cause: 'auth-database-missing',
    facts: [auth(refused('missing', NO_DATABASE))],
    title: /Database mlflow_churn_auth does not exist/,
    evidence: /does not exist/,
    repair: false,
  },
  {
    cause: 'database-down',
    facts: [
      tracking(refused('unreachable', 'connect ECONNREFUSED')),
      auth(refused('unreachable', 'connect ECONNREFUSED')),
      crashed,
    ],
    title: /PostgreSQL at db.example.com:5432 does not answer/,
    evidence: /ECONNREFUSED/,
    repair: false,
  },
  {
    cause: 'database-down',
    facts: [{ databases: { problem: 'PostgreSQL: no answer within 10 s.' } }],
    title: /does not answer/,
    evidence: /no answer within/,
    repair: false,
  },
  {
    cause: 'database-down',
    facts: [
      unready(),
      logging(
        'psycopg2.OperationalError: connection to server at "dead", port 5432 failed: Connection refused',
        {
          settings: {
            ...cluster.settings,
            plain: { ...cluster.settings.plain, PGHOST: 'dead' },
          },
        },
      ),
    ],
    title: /The server does not reach PostgreSQL at dead/,
    evidence: /dead/,
    repair: true,
  },
  {
    cause: 'database-down',
    facts: [
      serving({
        ready: {
          status: 503,
          contentType: 'application/json',
          text: '{"checks":{"oidc":true,"database": false}}',
        },
      }),
    ],
    title: /The server does not reach PostgreSQL at pg.svc/,
    evidence: /"database": false/,
    repair: false,
  },
  {
    cause: 'database-connections-used-up',
    facts: [
      holding({
        tracking: {
          ...databases.tracking,
          user: 'r',
          login: refused('full', 'too many connections for role "r" (53300)'),
        },
        connections: { used: 40, limit: 40 },
      }),
    ],
    title: /gives role r no more connections/,
    evidence: /too many connections/,
    repair: false,
  },
  {
    cause: 'schema-newer',
    facts: [
      tracking({ ok: true }, 'ffffffffffff'),
      crashed,
      logging('MlflowException: Detected out-of-date database schema'),
    ],
    title: /newer than the server/,
    evidence: /ffffffffffff/,
    repair: false,
  },
  {
    cause: 'migration-failed',
    facts: [
      tracking({ ok: true }, TRACKING_OLDER),
      crashed,
      logging('MlflowException: Detected out-of-date database schema'),
    ],
    title: /could not be migrated to MLflow 3.17.2/,
    evidence: new RegExp(TRACKING_OLDER),
    repair: false,
  },
  {
    cause: 'migration-failed',
    facts: [
      observing({
        jobs: [
          {
            metadata: { name: MIGRATION_JOB },
            status: {
              failed: 1,
              conditions: [
                {
                  type: 'Failed',
                  status: 'True',
                  reason: 'BackoffLimitExceeded',
                },
              ],
            },
          },
        ],
      }),
    ],
    title: /could not be migrated/,
    evidence: /BackoffLimitExceeded/,
    repair: false,
  },
];
