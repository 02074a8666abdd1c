import { RECORDS_NAMESPACE } from '@internal/mlflow-sandbox/src/addresses.ts';
import {
  kubectl,
  S3_ENDPOINT,
  S3_ROOT,
} from '@internal/mlflow-sandbox/src/bench/platform.ts';
import { MinioAdmin } from '@internal/mlflow-sandbox/src/minio-admin.ts';
import type { Patient } from '../Patient.ts';
import type { Provocation } from '../Provocation.ts';

export const bucketForbidden: Provocation = {
  cause: 'bucket-forbidden',
  what: "the policy of the bucket's user lets it do nothing of use; a run of the template sets it right",
  async provoke(patient) {
    const { base, context } = patient;
    const admin = new MinioAdmin(
      S3_ENDPOINT,
      S3_ROOT,
      context.secrets.minioRoot,
    );
    patient.onMend(() => patient.runAgain());
    await admin.putPolicy(base, {
      ID: await markOf(patient),
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['s3:GetBucketLocation'],
          Resource: [`arn:aws:s3:::${base}`],
        },
      ],
    });
  },
};

/** Without it the policy would be somebody else's. */
async function markOf({ context, name }: Patient): Promise<string> {
  const text = await kubectl(
    context,
    ...['get', 'configmap', `instance-${name}`, '-n', RECORDS_NAMESPACE],
    ...['-o', 'jsonpath={.data.record\\.json}'],
  );
  const { platformId, id } = JSON.parse(text);
  return `${platformId}/${id}`;
}
