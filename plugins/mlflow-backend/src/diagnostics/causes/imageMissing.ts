import { Cause } from '../Cause';
import { failedPulls, kindOfPull } from '../imagePulls';

/** The registry does not have the image of the server. */
export const imageMissing: Cause = {
  name: 'image-missing',
  condition: 'Release',
  severity: 'error',
  template: 'mlflow-repair',
  detect(facts) {
    const [pull] = failedPulls(facts).filter(
      found => kindOfPull(found) === 'missing',
    );
    const built = facts.platform.image.mode === 'build';
    return (
      pull && {
        title: `The registry does not have image ${pull.image}.`,
        evidence: [
          {
            source: `Kubernetes: pod ${facts.instance.names.namespace}/${pull.pod}`,
            text: pull.message,
          },
        ],
        remedy: built
          ? 'Run the repair: it builds and pushes the image of the line, and lets the servers take that.'
          : `Push the image that mlflow.platforms.${facts.platform.name}.image.prebuilt names, or name another.`,
        values: { image: pull.image },
        mendable: built,
      }
    );
  },
};
