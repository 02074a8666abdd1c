import { testRecord } from '../__testUtils__/instances';
import { InstanceRun } from './InstanceRecord';
import {
  alive,
  assertGoesOn,
  atStep,
  done,
  failedAt,
  startedRun,
  undoing,
  undone,
} from './runPhase';

const at = (state: InstanceRun['state']) => testRecord({}, { state });

describe('the run of an instance', () => {
  it.each<InstanceRun['state']>(['running', 'failed', 'done'])(
    'that is %s goes on in its own task',
    state => {
      expect(() => assertGoesOn(at(state), 'task-1')).not.toThrow();
    },
  );

  it.each<[InstanceRun['state'], string, RegExp]>([
    ['running', 'task-2', /in the hands of task task-1/],
    ['undoing', 'task-1', /was undone. Start a new run/],
    ['undone', 'task-1', /was undone. Start a new run/],
  ])('that is %s refuses an action of %s', (state, taskId, refusal) => {
    expect(() => assertGoesOn(at(state), taskId)).toThrow(refusal);
  });

  it('goes from step to step, fails and goes on', () => {
    const begun = { ...testRecord(), run: startedRun('task-1') };
    const failed = failedAt(
      atStep(begun, 'bucket'),
      'task-1',
      'bucket',
      'It is full.',
    );
    expect(failed.run).toMatchObject({
      state: 'failed',
      step: 'bucket',
      message: 'It is full.',
    });
    const again = atStep(failed, 'bucket').run;
    expect(again).toMatchObject({ state: 'running', step: 'bucket' });
    expect(again.message).toBeUndefined();
  });

  it('is complete at its end, and remembers when', () => {
    const record = done(atStep(at('running'), 'publish'));
    expect(record.run).toMatchObject({ state: 'done', step: undefined });
    expect(record.provisionedAt).toBe(record.run.finishedAt);
  });

  it('stays done when a step of it runs again, or fails then', () => {
    const record = at('done');
    expect(atStep(record, 'bucket')).toBe(record);
    expect(failedAt(record, 'task-1', 'bucket', 'x')).toBe(record);
  });

  it('is not touched by another task', () => {
    const record = at('running');
    expect(alive(record, 'task-2')).toBe(record);
    expect(failedAt(record, 'task-2', 'bucket', 'x')).toBe(record);
  });

  it('stays in its undo when that fails, and says why', () => {
    const record = failedAt(
      undoing(at('failed'), 'task-1'),
      'task-1',
      'undo',
      'Keycloak is down.',
    );
    expect(record.run).toMatchObject({
      state: 'undoing',
      message: 'Keycloak is down.',
    });
    expect(undone(record, []).run).toMatchObject({
      state: 'undone',
      message: undefined,
    });
    expect(undone(record, ['bucket x (foreign)']).run.message).toBe(
      'Left: bucket x (foreign).',
    );
  });
});
