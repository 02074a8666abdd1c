import { Cause } from '../Cause';
import { failedPulls, kindOfPull } from '../imagePulls';

/** The nodes do not get to the registry, or not through a pull. */
export const imagePullFailed: Cause = {
  name: 'image-pull-failed',
  condition: 'Release',
  severity: 'error',
  detect(facts) {
    const [pull] = failedPulls(facts).filter(
      found => kindOfPull(found) === 'other',
    );
    return (
      pull && {
        title: `The nodes cannot pull image ${pull.image}.`,
        evidence: [
          {
            source: `Kubernetes: pod ${facts.instance.names.namespace}/${pull.pod}`,
            text: pull.message,
          },
        ],
        remedy:
          'See that the registry is up, that nodes reach it by that name, and that they trust its certificate.',
        values: { image: pull.image },
      }
    );
  },
};
