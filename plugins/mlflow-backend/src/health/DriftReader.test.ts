import { InstancePlan } from 'backstage-plugin-mlflow-common';
import { testRecord } from '../__testUtils__/instances';
import { DriftReader } from './DriftReader';

const never = new Promise<never>(() => undefined);

const planOf = (object: string): InstancePlan => ({
  instance: 'lab/churn',
  exists: true,
  digest: '',
  counts: { create: 0, update: 1, keep: 1, conflict: 0 },
  steps: [
    {
      step: 'identity',
      title: 'Make',
      system: 'Keycloak',
      changes: [
        { system: 'Keycloak', object, action: 'update' },
        { system: 'Keycloak', object: 'group', action: 'keep' },
      ],
    },
    {
      step: 'bucket',
      title: 'Make',
      system: 'Object store',
      changes: [],
      problem: 'It is down.',
    },
  ],
  conflicts: [],
  warnings: [],
});

describe('DriftReader', () => {
  const record = testRecord();

  it('tells what differs and who did not answer, asked once a minute', async () => {
    let plans = 0;
    const reader = new DriftReader(async () => {
      plans += 1;
      return planOf(`client ${plans}`);
    });
    const drift = {
      differing: ['Keycloak: client 1'],
      problems: ['It is down.'],
    };
    expect(await reader.read(record, never)).toEqual({ drift });
    expect(await reader.read(record, never)).toEqual({ drift });
    const changed = { ...record, changedAt: '2026-02-02T00:00:00.000Z' };
    expect((await reader.read(changed, never)).drift.differing).toEqual([
      'Keycloak: client 2',
    ]);
  });

  it('tells what was known when it takes too long, and the rest later', async () => {
    let end = (_: InstancePlan) => {};
    let slow = false;
    const reader = new DriftReader(async () =>
      slow ? new Promise(resolve => (end = resolve)) : planOf('client'),
    );
    const { drift: known } = await reader.read(record, never);
    slow = true;
    const changed = { ...record, changedAt: '2026-02-02T00:00:00.000Z' };
    const { drift, later } = await reader.read(changed, Promise.resolve());
    expect(drift).toEqual(known);
    end(planOf('other'));
    expect((await later)?.differing).toEqual(['Keycloak: other']);
  });

  it('says that it is being compared when nothing was known', async () => {
    const reader = new DriftReader(() => never);
    expect(await reader.read(record, Promise.resolve())).toMatchObject({
      drift: { differing: [], problems: ['It is still being compared.'] },
    });
  });

  it('takes a failure for an answer', async () => {
    const reader = new DriftReader(async () => {
      throw new Error('no catalog');
    });
    expect(await reader.read(record, never)).toEqual({
      drift: {
        differing: [],
        problems: [expect.stringContaining('no catalog')],
      },
    });
  });
});
