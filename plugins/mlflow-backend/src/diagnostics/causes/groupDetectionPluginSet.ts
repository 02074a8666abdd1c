import { Cause } from '../Cause';
import { known } from '../Facts';
import { linesOf, settingEvidence } from '../podStates';

const VARIABLE = 'OIDC_GROUP_DETECTION_PLUGIN';

/** Groups are asked of a Python module that nobody installed. */
export const groupDetectionPluginSet: Cause = {
  name: 'group-detection-plugin-set',
  condition: 'Login',
  severity: 'error',
  template: 'mlflow-repair',
  detect(facts) {
    const told = known(facts.cluster)?.settings.plain[VARIABLE];
    if (!told) {
      return undefined;
    }
    return {
      title: `No login succeeds: groups are asked of the module ${told}, which the image does not have.`,
      evidence: [
        settingEvidence(facts, VARIABLE, told),
        ...linesOf(facts, /Group detection error/),
      ],
      remedy: `Take ${VARIABLE} away: groups come from the token. The repair does it.`,
      values: { plugin: told },
    };
  },
};
