import { changeEnvironment } from '../changeContainer.ts';
import type { Provocation } from '../Provocation.ts';

export const groupDetectionPluginSet: Provocation = {
  cause: 'group-detection-plugin-set',
  what: 'OIDC_GROUP_DETECTION_PLUGIN is set to oidc',
  provoke: patient =>
    changeEnvironment(patient, { OIDC_GROUP_DETECTION_PLUGIN: 'oidc' }),
};
