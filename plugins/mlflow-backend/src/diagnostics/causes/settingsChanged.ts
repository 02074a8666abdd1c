import { Cause } from '../Cause';
import { Facts, known } from '../Facts';
import { settingEvidence } from '../podStates';
import { wantedSettings } from '../wantedSettings';

/** Named by causes of their own. */
const ELSEWHERE = ['MLFLOW_SERVER_ALLOWED_HOSTS', 'SESSION_TYPE'];

/** Somebody gave the server other settings by hand. */
export const settingsChanged: Cause = {
  name: 'settings-changed',
  condition: 'Drift',
  severity: 'warning',
  template: 'mlflow-repair',
  detect(facts) {
    const changed = changedSettings(facts);
    if (changed.length === 0) {
      return undefined;
    }
    const names = changed.map(({ name }) => name).join(', ');
    return {
      title: `The server has other settings than its release gives it: ${names}.`,
      evidence: changed.map(({ name, told, wanted }) =>
        settingEvidence(facts, name, `${told}, not ${wanted}`),
      ),
      remedy:
        'Find out who changed them and why; the repair sets them as they were.',
      values: { names },
    };
  },
};

function changedSettings(facts: Facts) {
  const settings = known(facts.cluster)?.settings;
  if (!settings || !facts.observed.deployment) {
    return [];
  }
  const { plain, fromSecrets } = settings;
  return Object.entries(wantedSettings(facts))
    .filter(
      ([name, wanted]) => !ELSEWHERE.includes(name) && plain[name] !== wanted,
    )
    .map(([name, wanted]) => {
      const { secret } = fromSecrets[name] ?? {};
      const instead = secret ? `from Secret ${secret}` : 'not set';
      return { name, wanted, told: plain[name] ?? instead };
    });
}
