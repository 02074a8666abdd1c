import { changeEnvironment } from '../changeContainer.ts';
import type { Provocation } from '../Provocation.ts';

export const allowedHostsWrong: Provocation = {
  cause: 'allowed-hosts-wrong',
  what: 'the allowed hosts are without the public one',
  provoke: patient =>
    changeEnvironment(patient, {
      MLFLOW_SERVER_ALLOWED_HOSTS: 'elsewhere.example.com',
    }),
};
