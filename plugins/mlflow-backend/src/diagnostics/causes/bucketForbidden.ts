import { Cause } from '../Cause';
import { refusedListing } from '../refusedListing';

/** The store knows the key, and does not let it into the bucket. */
export const bucketForbidden: Cause = {
  name: 'bucket-forbidden',
  condition: 'Bucket',
  severity: 'error',
  template: 'mlflow-repair',
  detect(facts) {
    const refused = refusedListing(facts, 'forbidden');
    const { bucket, bucketUser } = facts.instance.names;
    const given = facts.platform.objectStore.type === 'given';
    return (
      refused && {
        title: `The server's key may not use bucket ${bucket}.`,
        evidence: [refused],
        remedy: given
          ? `Have the store's administrator let the key into bucket ${bucket}.`
          : `Give user ${bucketUser} its policy on the bucket again; the repair does it.`,
        values: { bucket, user: bucketUser },
        mendable: !given,
      }
    );
  },
};
