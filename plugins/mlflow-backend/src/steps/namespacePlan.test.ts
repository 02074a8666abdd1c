import { V1Namespace } from '@kubernetes/client-node';
import { markedMetadata } from '../systems/kubernetes/marks';
import { homonymOf, testInstance } from '../__testUtils__/instance';
import { NamespaceObserved, namespaceStep } from './namespace';

const instance = testInstance({ name: 'x' });

function namespaceOf(
  owner = instance,
  changes: { labels?: Record<string, string>; phase?: string } = {},
): V1Namespace {
  const metadata = markedMetadata(owner, 'mlflow-x');
  return {
    metadata: {
      ...metadata,
      labels: {
        ...metadata.labels,
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/warn': 'restricted',
        ...changes.labels,
      },
    },
    status: { phase: changes.phase ?? 'Active' },
  };
}

const right: NamespaceObserved = {
  namespace: namespaceOf(),
  certificates: 'PEM',
  wantedCertificates: 'PEM',
};

describe('plan of the namespace', () => {
  it.each<[string, Partial<NamespaceObserved>, string[]]>([
    ['what is right', {}, ['keep', 'keep']],
    [
      'nothing',
      { namespace: undefined, certificates: undefined },
      ['create', 'create'],
    ],
    ['no certificates', { certificates: undefined }, ['keep', 'create']],
    ['other certificates', { certificates: 'old' }, ['keep', 'update']],
    [
      'a weaker label',
      {
        namespace: namespaceOf(instance, {
          labels: { 'pod-security.kubernetes.io/enforce': 'baseline' },
        }),
      },
      ['update pod-security.kubernetes.io/enforce', 'keep'],
    ],
    [
      'one that is being deleted',
      { namespace: namespaceOf(instance, { phase: 'Terminating' }) },
      ['conflict it is still being deleted; run again in a minute'],
    ],
    [
      'that of another instance',
      {
        namespace: namespaceOf({ ...homonymOf(instance), mark: 'other/i' }),
      },
      ['conflict it belongs to other/i'],
    ],
    [
      'one that nobody marked',
      { namespace: { metadata: { name: 'mlflow-x' } } },
      ['conflict it bears no mark'],
    ],
  ])('for %s', (_, observed, expected) => {
    const plan = namespaceStep.plan(instance, { ...right, ...observed });

    expect(
      plan.map(({ action, detail }) =>
        [action, detail].filter(Boolean).join(' '),
      ),
    ).toEqual(expected);
  });
});
