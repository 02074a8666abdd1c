import { bucketPolicy, isOpen, parsePolicy, samePolicy } from './policy';

describe('bucketPolicy', () => {
  it('reaches one bucket and never its settings', () => {
    const { Statement } = bucketPolicy('mlflow-x');

    expect(Statement.flatMap(s => s.Resource)).toEqual([
      'arn:aws:s3:::mlflow-x',
      'arn:aws:s3:::mlflow-x/*',
    ]);
    expect(Statement.flatMap(s => s.Action)).not.toContain('s3:*');
  });
});

describe('samePolicy', () => {
  const policy = bucketPolicy('mlflow-x');

  it('ignores order and single values in place of lists', () => {
    const [first, second] = policy.Statement;
    const returned = parsePolicy({
      ID: 'p/i',
      Version: '2012-10-17',
      Statement: [
        { ...second, Action: [...second.Action].reverse() },
        { ...first, Resource: first.Resource[0], Sid: 'x' },
      ],
    });

    expect(returned && samePolicy(returned, policy)).toBe(true);
  });

  it.each([
    ['another bucket', bucketPolicy('mlflow-y')],
    [
      'one more statement',
      { ...policy, Statement: [...policy.Statement, policy.Statement[0]] },
    ],
  ])('notices %s', (_case, other) => {
    expect(samePolicy(policy, other)).toBe(false);
  });
});

describe('isOpen', () => {
  const statement = (Effect: string, Principal: unknown) => ({
    Statement: [
      {
        Effect,
        Principal,
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::x/*',
      },
    ],
  });

  it.each([
    ['everybody', statement('Allow', '*'), true],
    ['everybody, in the form of AWS', statement('Allow', { AWS: ['*'] }), true],
    ['one user', statement('Allow', { AWS: 'arn:aws:iam::1:user/x' }), false],
    ['a denial', statement('Deny', '*'), false],
  ])('judges a policy for %s', (_case, document, open) => {
    const policy = parsePolicy(document);

    expect(policy && isOpen(policy)).toBe(open);
  });
});
