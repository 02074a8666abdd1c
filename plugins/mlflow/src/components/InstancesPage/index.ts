export { InstancesPage } from './InstancesPage';
export { InstancesPageWithHeader } from './InstancesPageWithHeader';
