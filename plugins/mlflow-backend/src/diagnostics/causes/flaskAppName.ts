import { Cause } from '../Cause';
import { known } from '../Facts';
import { argumentOf } from '../facts/serverSettings';
import { linesOfUnready } from '../podStates';

const OPTION = '--app-name';

/** What each line's server may be called, for uvicorn. */
const NAMES: Record<string, string[]> = {
  '3.17': ['oidc-auth'],
  '3.6': ['oidc-auth-fastapi', 'oidc-auth'],
};

const ERRORS =
  /Flask\.__call__\(\) missing 1 required positional argument|Invalid value for '--app-name'/;

/** The server is started as an app that its web server cannot run. */
export const flaskAppName: Cause = {
  name: 'flask-app-name',
  condition: 'Server',
  severity: 'error',
  template: 'mlflow-repair',
  detect(facts) {
    const { instance, cluster, observed } = facts;
    const { line } = instance.release;
    const { namespace, release } = instance.names;
    const settings = known(cluster)?.settings;
    const told = settings && argumentOf(settings, OPTION);
    const names = NAMES[line];
    if (!observed.deployment || !told || names.includes(told)) {
      return undefined;
    }
    return {
      title: `The server is told to run as ${told}, which it cannot on line ${line}.`,
      evidence: [
        {
          source: `Kubernetes: deployment ${namespace}/${release}, arguments`,
          text: `${OPTION}=${told}`,
        },
        ...linesOfUnready(facts, ERRORS),
      ],
      remedy: `Set ${OPTION} to ${names[0]}; the repair does it.`,
      values: { told, wanted: names[0] },
    };
  },
};
