import { forgetBucket } from '@internal/mlflow-sandbox/src/bench/forgetInstance.ts';
import type { Provocation } from '../Provocation.ts';

export const bucketMissing: Provocation = {
  cause: 'bucket-missing',
  what: 'the bucket is deleted; a run of the template makes it again',
  async provoke(patient) {
    patient.onMend(() => patient.runAgain());
    await forgetBucket(patient.context, patient.base);
  },
};
