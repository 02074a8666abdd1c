import { Cause } from '../Cause';
import { failedPulls, kindOfPull } from '../imagePulls';

/** The registry does not let the nodes pull the image of the server. */
export const imagePullRefused: Cause = {
  name: 'image-pull-refused',
  condition: 'Release',
  severity: 'error',
  detect(facts) {
    const [pull] = failedPulls(facts).filter(
      found => kindOfPull(found) === 'refused',
    );
    return (
      pull && {
        title: `The registry does not let the nodes pull image ${pull.image}.`,
        evidence: [
          {
            source: `Kubernetes: pod ${facts.instance.names.namespace}/${pull.pod}`,
            text: pull.message,
          },
        ],
        remedy:
          'Give the nodes credentials of that registry that may pull (containerd, or the ServiceAccount of the namespace), or make the repository readable.',
        values: { image: pull.image },
      }
    );
  },
};
