import { Cause } from '../Cause';
import { refusedListing } from '../refusedListing';

/** The bucket is gone. */
export const bucketMissing: Cause = {
  name: 'bucket-missing',
  condition: 'Bucket',
  severity: 'error',
  template: 'mlflow-repair',
  detect(facts) {
    const refused = refusedListing(facts, 'missing');
    const { bucket } = facts.instance.names;
    const given = facts.platform.objectStore.type === 'given';
    return (
      refused && {
        title: `Bucket ${bucket} does not exist.`,
        evidence: [refused],
        remedy: given
          ? `Have the store's administrator make bucket ${bucket}, and bring its content back from a backup.`
          : 'Run the repair: it makes the bucket. What was in it comes from a backup alone.',
        values: { bucket },
        mendable: !given,
      }
    );
  },
};
