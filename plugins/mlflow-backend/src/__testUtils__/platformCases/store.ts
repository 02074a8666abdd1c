import { CauseCase } from './CauseCase';
import {
  annotated,
  deploying,
  inCluster,
  plain,
  serving,
  storing,
} from './changes';

/** Causes in what the object store holds. */
export const STORE_CASES: CauseCase[] = [
  {
    cause: 's3-keys-wrong',
    facts: [
      storing({ ok: false, kind: 'key', message: 'InvalidAccessKeyId (403)' }),
      inCluster({ secretsDigest: 'other' }),
      deploying(annotated('d')),
    ],
    title: /refuses the server's key/,
    evidence: /InvalidAccessKeyId/,
    repair: true,
  },
  {
    cause: 'bucket-missing',
    facts: [storing({ ok: false, kind: 'missing', message: 'NoSuchBucket' })],
    title: /Bucket mlflow-churn does not exist/,
    evidence: /NoSuchBucket/,
    repair: true,
  },
  {
    cause: 'bucket-forbidden',
    facts: [storing({ ok: false, kind: 'forbidden', message: 'AccessDenied' })],
    title: /may not use bucket/,
    evidence: /AccessDenied/,
    repair: true,
  },
  {
    cause: 'object-store-down',
    facts: [
      storing({ ok: false, kind: 'unreachable', message: 'ECONNREFUSED' }),
    ],
    title: /object store at https:\/\/s3.example.com does not answer/,
    evidence: /ECONNREFUSED/,
    repair: false,
  },
  {
    cause: 'object-store-down',
    facts: [
      plain({ MLFLOW_S3_ENDPOINT_URL: 'http://dead' }),
      serving({
        artifacts: { status: 500, contentType: 'text/html', text: 'oops' },
      }),
    ],
    title: /The server does not reach the object store at http:\/\/dead/,
    evidence: /http:\/\/dead/,
    repair: true,
  },
];
