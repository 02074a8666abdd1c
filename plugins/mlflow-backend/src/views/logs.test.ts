import { V1Pod } from '@kubernetes/client-node';
import { testObserved } from '../__testUtils__/instances';
import { logTarget } from './logs';

const pod = (name: string): V1Pod => ({
  metadata: { name, namespace: 'mlflow-churn' },
  spec: {
    containers: [{ name: 'mlflow' }, { name: 'sidecar' }],
    initContainers: [{ name: 'init' }],
  },
});

const observed = testObserved({ pods: [pod('server')], jobPods: [pod('job')] });

describe('logTarget', () => {
  it.each([
    [{ pod: 'server' }, 'mlflow'],
    [{ pod: 'server', container: 'sidecar' }, 'sidecar'],
    [{ pod: 'job', container: 'init' }, 'init'],
  ])('finds %j', (query, container) => {
    expect(logTarget(observed, query)).toEqual({
      namespace: 'mlflow-churn',
      pod: query.pod,
      container,
    });
  });

  it.each([
    [{ pod: 'other' }, 'has no pod "other"'],
    [{ pod: '../../../secrets' }, 'has no pod "../../../secrets"'],
    [{ pod: '' }, 'has no pod ""'],
    [{ pod: 'server', container: '' }, 'has no container ""'],
    [{ pod: 'server', container: 'x' }, 'has no container "x"'],
  ])('does not know %j', (query, message) => {
    expect(() => logTarget(observed, query)).toThrow(
      expect.objectContaining({
        name: 'NotFoundError',
        message: expect.stringContaining(message),
      }),
    );
  });
});
