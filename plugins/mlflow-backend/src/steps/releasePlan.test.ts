import { HelmRelease } from '../systems/helm/HelmClient';
import { HelmValues } from '../systems/helm/values';
import { testInstance } from '../__testUtils__/instance';
import { releaseStep } from './release';

const wanted = {
  chart: '1.11.5',
  values: { replicaCount: 1, ingress: { hosts: ['a'] } },
};
const right: HelmRelease = {
  revision: 1,
  status: 'deployed',
  chart: wanted.chart,
  values: { ingress: { hosts: ['a'] }, replicaCount: 1 },
};

describe('plan of the release', () => {
  it.each<[string, HelmRelease | undefined, string]>([
    ['none', undefined, 'create chart 1.11.5'],
    ['one that is right', right, 'keep'],
    [
      'one that was left half way',
      { ...right, status: 'pending-upgrade' },
      'update status pending-upgrade',
    ],
    [
      'one of another chart',
      { ...right, chart: '1.8.0' },
      'update chart 1.8.0 -> 1.11.5',
    ],
    [
      'another value, deep down',
      { ...right, values: { ...right.values, ingress: { hosts: ['b'] } } },
      'update ingress',
    ],
    [
      'another secret',
      { ...right, values: { ...right.values, podAnnotations: { a: 'old' } } },
      'update secrets: the servers start anew',
    ],
    [
      'a value too many and one too few',
      {
        ...right,
        values: { ingress: { hosts: ['a'] }, extra: true },
      },
      'update extra, replicaCount',
    ],
  ])('for %s', (_, release, expected) => {
    const [change, ...others] = releaseStep.plan(testInstance(), {
      release,
      wanted,
      companions: [],
    });

    expect(others).toEqual([]);
    expect([change.action, change.detail].filter(Boolean).join(' ')).toBe(
      expected,
    );
  });

  it.each<[string, Partial<HelmRelease>, HelmValues, boolean]>([
    ['rolls', {}, { replicaCount: 2 }, false],
    ['is replaced', {}, { strategy: { type: 'Recreate' } }, true],
    [
      'is made anew, since its first installation was cut',
      { status: 'pending-install' },
      {},
      true,
    ],
  ])('says whether MLflow is away while it %s', (_, found, values, away) => {
    const [change] = releaseStep.plan(testInstance(), {
      release: { ...right, ...found },
      wanted: { ...wanted, values: { ...wanted.values, ...values } },
      companions: [],
    });

    expect(change.action).toBe('update');
    expect(change.destructive ?? false).toBe(away);
    expect(/; MLflow is away meanwhile$/.test(change.detail ?? '')).toBe(away);
  });

  it('invents no image before there is one', () => {
    const image = { repository: 'known after apply', tag: 'known after apply' };
    const [change] = releaseStep.plan(testInstance(), {
      release: right,
      wanted: { ...wanted, values: { ...wanted.values, image } },
      companions: [],
      imageMissing: true,
    });

    expect(change.detail).toBe('image known after apply');
  });

  it('takes a release in the namespace of others for theirs', () => {
    const [change] = releaseStep.plan(testInstance(), {
      release: right,
      wanted,
      companions: [],
      foreignNamespace: { metadata: { name: 'x' } },
    });

    expect(change).toMatchObject({
      action: 'conflict',
      detail: 'it bears no mark',
      found: 'no mark',
    });
  });
});
