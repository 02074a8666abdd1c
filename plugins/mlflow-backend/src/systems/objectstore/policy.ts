import { z } from 'zod';

/** An IAM policy document, as AWS, MinIO and SeaweedFS read it. */
export interface PolicyDocument {
  Version: '2012-10-17';
  Statement: { Effect: 'Allow'; Action: string[]; Resource: string[] }[];
}

const oneOrMore = z.union([z.string(), z.array(z.string())]);

const document = z.object({
  ID: z.string().optional(),
  Statement: z.array(
    z.object({
      Effect: z.string(),
      Action: oneOrMore.optional(),
      Resource: oneOrMore.optional(),
      Principal: z.union([z.literal('*'), z.record(oneOrMore)]).optional(),
    }),
  ),
});

/** A policy that a store gave back. */
export type ReadPolicy = z.infer<typeof document>;

/** What MLflow does with its bucket, and no more: all stores know these. */
export function bucketPolicy(bucket: string): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['s3:ListBucket', 's3:GetBucketLocation'],
        Resource: [`arn:aws:s3:::${bucket}`],
      },
      {
        Effect: 'Allow',
        Action: [
          's3:GetObject',
          's3:PutObject',
          's3:DeleteObject',
          's3:AbortMultipartUpload',
        ],
        Resource: [`arn:aws:s3:::${bucket}/*`],
      },
    ],
  };
}

/** Reads a policy; undefined when it is none. */
export function parsePolicy(value: unknown): ReadPolicy | undefined {
  return document.safeParse(value).data;
}

/** Whether two policies say the same, in whatever order and spelling. */
export function samePolicy(
  a: ReadPolicy | PolicyDocument,
  b: ReadPolicy | PolicyDocument,
): boolean {
  return canonical(a) === canonical(b);
}

/** Whether a bucket's policy lets people in who have no key. */
export function isOpen(policy: ReadPolicy): boolean {
  return policy.Statement.some(({ Effect, Principal }) => {
    const principals =
      typeof Principal === 'object'
        ? Object.values(Principal).flat()
        : [Principal];
    return Effect === 'Allow' && principals.includes('*');
  });
}

function canonical({ Statement }: ReadPolicy | PolicyDocument): string {
  const sorted = (values: string | string[] | undefined) =>
    [values ?? []].flat().sort();
  return JSON.stringify(
    Statement.map(s =>
      JSON.stringify([s.Effect, sorted(s.Action), sorted(s.Resource)]),
    ).sort(),
  );
}
