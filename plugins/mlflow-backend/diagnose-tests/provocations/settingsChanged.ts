import { changeEnvironment } from '../changeContainer.ts';
import type { Provocation } from '../Provocation.ts';

export const settingsChanged: Provocation = {
  cause: 'settings-changed',
  what: 'everybody gets MANAGE by a setting that is changed by hand',
  provoke: patient =>
    changeEnvironment(patient, { DEFAULT_MLFLOW_PERMISSION: 'MANAGE' }),
};
