import { testPlatformConfig } from '../__testUtils__/platformConfig';
import { InstanceInput, specFromInput } from './specFromInput';

const platform = testPlatformConfig();
const owner = 'group:default/team-a';
const from = (input: Partial<InstanceInput>) =>
  specFromInput({ name: 'churn', owner, ...input }, platform);

describe('specFromInput', () => {
  it('fills every gap', () => {
    expect(from({})).toEqual({
      name: 'churn',
      platform: 'test',
      owner,
      description: '',
      host: 'mlflow-churn.example.com',
      line: '3.17',
      size: 'S',
      replicas: 1,
      defaultPermission: 'NO_PERMISSIONS',
      metrics: true,
    });
  });

  it('takes an empty host for a derived one', () => {
    expect(from({ host: '' }).host).toBe('mlflow-churn.example.com');
  });

  it.each<[Partial<InstanceInput>, RegExp]>([
    [{ name: '' }, /Give the instance a name/],
    [{ name: 'x'.repeat(254) }, /254 characters/],
    [{ name: 'Churn' }, /lower-case letter/],
    [{ name: 'größe' }, /lower-case letter/],
    [{ name: '1st' }, /lower-case letter/],
    [{ name: 'kube-system' }, /reserved/],
    [{ name: "x'; DROP DATABASE y; --" }, /lower-case letter/],
    [{ host: 'x.example.org' }, /must lie below example.com/],
    [{ host: "x'; y.example.com" }, /lower-case DNS name/],
    [{ description: 'a\nb' }, /one line/],
    [{ line: '2.0' }, /no line "2.0"; choose 3.17, 3.6/],
    [{ line: "3.17'; --" }, /no line/],
    [{ line: '3.6' }, /not allowed on platform test/],
    [{ size: 'XXL' }, /no size "XXL"; choose S, M, L/],
    [{ defaultPermission: 'ADMIN' }, /no default permission "ADMIN"/],
    [{ replicas: 0 }, /from 1 to 10, not 0/],
    [{ replicas: 1000 }, /from 1 to 10, not 1000/],
    [{ replicas: 1.5 }, /whole number/],
    [{ replicas: NaN }, /whole number/],
  ])('refuses %j in one sentence', (input, reason) => {
    expect(() => from(input)).toThrow(reason);
  });

  it('allows line 3.6 where the platform does, with one replica', () => {
    const allowing = { ...platform, allowInsecureLines: true };
    const input = { name: 'churn', owner, line: '3.6' };
    expect(specFromInput(input, allowing).line).toBe('3.6');
    expect(() => specFromInput({ ...input, replicas: 2 }, allowing)).toThrow(
      /one replica only/,
    );
  });
});
