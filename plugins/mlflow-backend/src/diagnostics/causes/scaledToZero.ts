import { Cause } from '../Cause';

/** Somebody switched the servers off. */
export const scaledToZero: Cause = {
  name: 'scaled-to-zero',
  condition: 'Server',
  severity: 'error',
  template: 'mlflow-repair',
  detect({ instance, observed }) {
    const { namespace, release } = instance.names;
    if (observed.deployment?.spec?.replicas !== 0) {
      return undefined;
    }
    const { replicas } = instance.spec;
    return {
      title: 'The instance is switched off: it is scaled to no servers.',
      evidence: [
        {
          source: `Kubernetes: deployment ${namespace}/${release}`,
          text: '0 replicas',
        },
      ],
      remedy: `Scale Deployment ${namespace}/${release} to ${replicas}; the repair does it.`,
      values: { replicas: String(replicas) },
    };
  },
};
