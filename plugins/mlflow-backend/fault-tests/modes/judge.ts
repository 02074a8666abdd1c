import { census, differences } from '../census/census.ts';
import { phaseOf, waitForEnd } from '../lane/tasks.ts';
import type { TaskEnd } from '../lane/tasks.ts';
import { RUN_MS } from './Trial.ts';
import type { Trial } from './Trial.ts';

/** What of a task's log says why it ended as it did. */
export const lastLines = ({ lines }: TaskEnd) => lines.slice(-3).join(' / ');

/** Waits for the end of a task. @returns what is wrong when it is not green */
export async function mustComplete(
  { user, context }: Trial,
  id: string,
): Promise<string[]> {
  const end = await waitForEnd(user, id, {
    timeoutMs: RUN_MS,
    signal: context.signal,
  });
  return end.status === 'completed'
    ? []
    : [`task ended ${end.status}: ${lastLines(end)}`];
}

/** Whether the instance is Ready, whole, and there once. */
export async function mustBeComplete({
  context,
  user,
  instance,
  complete,
}: Trial): Promise<string[]> {
  const phase = await phaseOf(user, instance);
  const found = await census(context, instance);
  return [
    ...(phase === 'Ready' ? [] : [`the instance is ${phase}, not Ready`]),
    ...differences(complete, found),
  ];
}

/** What an undone instance may leave: its record, which says that it was undone. */
const RECORD = /^kubernetes backstage-mlflow (configmap\/|lease)/;

/** Whether nothing is left in any system. */
export async function mustBeGone({
  context,
  instance,
}: Pick<Trial, 'context' | 'instance'>): Promise<string[]> {
  const found = await census(context, instance);
  return differences(
    [],
    found.filter(line => !RECORD.test(line)),
  );
}

/**
 * How a task that was disturbed about its undo may end: green with all pieces,
 * or not green and with none.
 */
export async function mustBeAllOrNothing(
  trial: Trial,
  end: TaskEnd,
): Promise<string[]> {
  const faults =
    end.status === 'completed'
      ? await mustBeComplete(trial)
      : await mustBeGone(trial);
  return faults.length > 0
    ? [`the task ended ${end.status}: ${lastLines(end)}`, ...faults]
    : [];
}
