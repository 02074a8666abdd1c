import { changeEnvironment } from '../changeContainer.ts';
import type { Provocation } from '../Provocation.ts';

export const sessionStoreWrong: Provocation = {
  cause: 'session-store-wrong',
  what: 'SESSION_TYPE is filesystem',
  line: '3.6',
  provoke: patient =>
    changeEnvironment(patient, { SESSION_TYPE: 'filesystem' }),
};
