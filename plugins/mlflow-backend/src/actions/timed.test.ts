import { actionContext } from '../__testUtils__/actions';
import { timed } from './timed';

/** An action that does this, and what was measured of its runs. */
function measured(handler: () => Promise<void>) {
  const seen: [string, string, number][] = [];
  const action = timed(
    { id: 'mlflow:test:run', handler },
    { step: (...args) => void seen.push(args) },
  );
  return { action, seen };
}

it('measures a run that succeeds', async () => {
  const { action, seen } = measured(async () => undefined);
  await action.handler(actionContext({}));

  expect(seen).toEqual([['mlflow:test:run', 'done', expect.any(Number)]]);
  expect(seen[0][2]).toBeLessThan(60);
});

it('measures a run that fails, and lets the error through', async () => {
  const { action, seen } = measured(async () => {
    throw new Error('the database is full');
  });

  await expect(action.handler(actionContext({}))).rejects.toThrow(
    'the database is full',
  );
  expect(seen).toEqual([['mlflow:test:run', 'failed', expect.any(Number)]]);
});

it('tells a run that was cancelled from one that failed', async () => {
  const { action, seen } = measured(async () => {
    throw new Error('aborted');
  });
  const run = action.handler({
    ...actionContext({}),
    signal: AbortSignal.abort(),
  });

  await expect(run).rejects.toThrow('aborted');
  expect(seen).toEqual([['mlflow:test:run', 'cancelled', expect.any(Number)]]);
});

it('does not measure a dry run', async () => {
  const { action, seen } = measured(async () => undefined);
  await action.handler({ ...actionContext({}), isDryRun: true });

  expect(seen).toEqual([]);
});
