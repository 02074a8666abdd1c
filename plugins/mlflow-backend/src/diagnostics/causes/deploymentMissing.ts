import { Cause } from '../Cause';

/** What runs the servers is gone. */
export const deploymentMissing: Cause = {
  name: 'deployment-missing',
  condition: 'Release',
  severity: 'error',
  template: 'mlflow-repair',
  detect({ instance, observed }) {
    // While a run makes the instance it is not there yet.
    if (observed.deployment || observed.record.run.state !== 'done') {
      return undefined;
    }
    const { namespace, release } = instance.names;
    return {
      title: `Deployment ${namespace}/${release} does not exist: there is no server.`,
      evidence: [
        {
          source: `Kubernetes: namespace ${namespace}`,
          text: `no Deployment ${release}`,
        },
      ],
      remedy:
        'Run the repair: it installs the release again. Data are not touched.',
      values: { namespace, deployment: release },
    };
  },
};
