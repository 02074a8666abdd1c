import { ScaffolderTaskOutput } from '@backstage/plugin-scaffolder-common';
import { Skeleton } from '@backstage/ui';
import { lazy, Suspense } from 'react';

const Outputs = lazy(() =>
  import('./ConnectOutputs').then(m => ({ default: m.ConnectOutputs })),
);

/** The result page, which is loaded when a task ends. */
export const ConnectOutputs = (props: { output?: ScaffolderTaskOutput }) => (
  <Suspense fallback={<Skeleton width="100%" height={160} />}>
    <Outputs {...props} />
  </Suspense>
);
