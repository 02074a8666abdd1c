import { testDeployment } from '../instances';
import { CauseCase } from './CauseCase';
import {
  crashed,
  deploying,
  plain,
  plain36,
  serving,
  told,
  without,
} from './changes';

/** Causes in what the server is told. */
export const SETTINGS_CASES: CauseCase[] = [
  {
    cause: 'flask-app-name',
    facts: [
      told({ args: ['server', '--app-name', 'oidc-auth-flask'] }),
      crashed,
    ],
    title: /run as oidc-auth-flask/,
    evidence: /--app-name=oidc-auth-flask/,
    repair: true,
  },
  {
    cause: 'allowed-hosts-wrong',
    facts: [plain({ MLFLOW_SERVER_ALLOWED_HOSTS: '*.svc.cluster.local:5000' })],
    title: /https:\/\/mlflow-churn.example.com/,
    evidence: /without mlflow-churn.example.com/,
    repair: true,
  },
  {
    cause: 'allowed-hosts-wrong',
    facts: [
      serving({
        byService: {
          status: 403,
          contentType: 'text/plain',
          text: 'Invalid Host header - possible DNS rebinding attack detected',
        },
      }),
    ],
    title: /all of its names/,
    evidence: /Invalid Host header/,
    repair: true,
  },
  {
    cause: 'session-store-wrong',
    old: true,
    facts: [plain36({ SESSION_TYPE: 'filesystem' })],
    title: /kept in filesystem/,
    evidence: /filesystem/,
    repair: true,
  },
  {
    cause: 'file-sessions-with-replicas',
    old: true,
    facts: [deploying(testDeployment({}, { replicas: 2 }))],
    title: /2 servers keep their sessions apart/,
    evidence: /2 replicas/,
    repair: true,
  },
  {
    cause: 'group-detection-plugin-set',
    facts: [plain({ OIDC_GROUP_DETECTION_PLUGIN: 'oidc' })],
    title: /the module oidc/,
    evidence: /oidc/,
    repair: true,
  },
  {
    cause: 'settings-changed',
    facts: [plain({ DEFAULT_MLFLOW_PERMISSION: 'MANAGE' })],
    title: /DEFAULT_MLFLOW_PERMISSION/,
    evidence: /MANAGE, not NO_PERMISSIONS/,
    repair: true,
  },
  {
    cause: 'settings-changed',
    facts: [without('OIDC_AUDIENCE')],
    title: /OIDC_AUDIENCE/,
    evidence: /not set, not mlflow-churn/,
    repair: true,
  },
];
