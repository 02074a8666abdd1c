import { V1Job } from '@kubernetes/client-node';
import { InstanceSpec } from 'backstage-plugin-mlflow-common';
import { markedMetadata } from '../systems/kubernetes/marks';
import { testInstance } from '../__testUtils__/instance';
import { Instance } from './Step';
import { migrationStep } from './migration';
import { IMAGE_ANNOTATION } from './serverJob';

const image = { repository: 'registry.example.com/mlflow', tag: 'new' };

function jobOf(owner: Instance, tag: string, succeeded: number): V1Job {
  const metadata = markedMetadata(owner, 'mlflow-db-migration');
  return {
    metadata: {
      ...metadata,
      annotations: {
        ...metadata.annotations,
        [IMAGE_ANNOTATION]: `${image.repository}:${tag}`,
      },
    },
    status: { succeeded },
  };
}

describe('plan of the migration', () => {
  it.each<[string, (own: Instance) => V1Job | undefined, string, RegExp]>([
    ['no Job', () => undefined, 'create', /^$/],
    [
      'a Job of an earlier image',
      own => jobOf(own, 'old', 1),
      'update',
      /image known after apply$/,
    ],
  ])('before there is an image, for %s', (_, job, action, detail) => {
    const instance = testInstance({ replicas: 2 });

    const [change] = migrationStep.plan(instance, { job: job(instance) });

    expect(change.action).toBe(action);
    expect(change.detail ?? '').toMatch(detail);
  });

  it.each<
    [
      string,
      Partial<InstanceSpec>,
      (own: Instance) => V1Job | undefined,
      string,
    ]
  >([
    ['one server with one worker', {}, () => undefined, 'keep'],
    ['two servers', { replicas: 2 }, () => undefined, 'create'],
    ['several workers', { size: 'L' }, () => undefined, 'create'],
    [
      'a Job that did it with this image',
      { replicas: 2 },
      own => jobOf(own, 'new', 1),
      'keep',
    ],
    [
      'a Job that failed',
      { replicas: 2 },
      own => jobOf(own, 'new', 0),
      'update',
    ],
    [
      'a Job of an earlier image',
      { replicas: 2 },
      own => jobOf(own, 'old', 1),
      'update',
    ],
    [
      'the Job of another instance',
      { replicas: 2 },
      own => jobOf({ ...own, mark: 'other/i' }, 'new', 1),
      'conflict',
    ],
  ])('for %s', (_, spec, job, expected) => {
    const instance = testInstance(spec);

    const plan = migrationStep.plan(instance, { job: job(instance), image });

    expect(plan.map(({ action }) => action)).toEqual([expected]);
  });
});
