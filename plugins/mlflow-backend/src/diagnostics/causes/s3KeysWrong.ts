import { Cause } from '../Cause';
import { refusedListing } from '../refusedListing';

/** The object store does not know the server's key, or not its secret. */
export const s3KeysWrong: Cause = {
  name: 's3-keys-wrong',
  condition: 'Bucket',
  severity: 'error',
  template: 'mlflow-repair',
  hides: ['secret-key-differs'],
  detect(facts) {
    const refused = refusedListing(facts, 'key');
    const { bucket } = facts.instance.names;
    return (
      refused && {
        title: `The object store refuses the server's key for bucket ${bucket}.`,
        evidence: [refused],
        remedy:
          'Run the repair: it gives the server a key that works and starts it anew.',
        values: { bucket },
      }
    );
  },
};
