import { PageBlueprint } from '@backstage/frontend-plugin-api';
import { RiFlaskLine } from '@remixicon/react';
import { instancesRouteRef } from '../routes';

export const instancesPage = PageBlueprint.make({
  params: {
    path: '/mlflow',
    title: 'MLflow',
    icon: <RiFlaskLine fontSize="inherit" />,
    routeRef: instancesRouteRef,
    loader: () =>
      import('../components/InstancesPage').then(m => <m.InstancesPage />),
  },
});
