import { TestApiProvider } from '@backstage/frontend-test-utils';
import { act, renderHook, waitFor } from '@testing-library/react';
import { InstancePlan, PlanInput } from 'backstage-plugin-mlflow-common';
import { PropsWithChildren } from 'react';
import { mlflowApiRef } from '../../api';
import { fakeApi, freshPlan } from '../../__testUtils__/fakeApi';
import { usePlan } from './usePlan';

const inputOf = (name: string): PlanInput => ({
  platform: 'sandbox',
  name,
  owner: 'group:default/team-a',
});

it('plans anew when an answer changes, and lets no late plan stand for it', async () => {
  const answers: Record<string, (plan: InstancePlan) => void> = {};
  const api = fakeApi({
    getPlan: ({ name }) =>
      new Promise(resolve => {
        answers[name] = resolve;
      }),
  });
  const { result, rerender } = renderHook(
    ({ name }) => usePlan(inputOf(name)),
    {
      initialProps: { name: 'a' },
      wrapper: ({ children }: PropsWithChildren<{}>) => (
        <TestApiProvider apis={[[mlflowApiRef, api]]}>
          {children}
        </TestApiProvider>
      ),
    },
  );
  await waitFor(() => expect(answers.a).toBeDefined());
  rerender({ name: 'b' });
  await waitFor(() => expect(answers.b).toBeDefined());
  await act(async () => answers.a({ ...freshPlan, digest: 'of a' }));
  expect(result.current.current).toEqual({ state: 'asking' });
  await act(async () => answers.b({ ...freshPlan, digest: 'of b' }));
  expect(result.current.current).toMatchObject({ plan: { digest: 'of b' } });
  rerender({ name: 'a' });
  expect(result.current.current).toEqual({ state: 'asking' });
});
