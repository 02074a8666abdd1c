/** One right that the portal needs on the API server. */
export interface RequiredRight {
  group: string;
  resource: string;
  verbs: string[];
  /** Whether it is needed in the records' namespace alone. */
  recordsOnly?: boolean;
}

const READ = ['get', 'list', 'watch'];
const WRITE = ['create', 'patch', 'delete'];

/** All that the actions do on the API server; the RBAC file grants just this. */
export const REQUIRED_RIGHTS: RequiredRight[] = [
  {
    group: '',
    resource: 'configmaps',
    verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
    recordsOnly: true,
  },
  {
    group: 'coordination.k8s.io',
    resource: 'leases',
    verbs: ['get', 'create', 'update', 'delete'],
    recordsOnly: true,
  },
  { group: '', resource: 'namespaces', verbs: ['get', ...WRITE] },
  { group: '', resource: 'configmaps', verbs: ['get', ...WRITE] },
  {
    group: '',
    resource: 'secrets',
    verbs: ['get', 'list', 'update', ...WRITE],
  },
  { group: '', resource: 'services', verbs: ['get', ...WRITE] },
  { group: '', resource: 'serviceaccounts', verbs: ['get', ...WRITE] },
  { group: '', resource: 'pods', verbs: READ },
  { group: '', resource: 'pods/log', verbs: ['get'] },
  { group: '', resource: 'events', verbs: ['list'] },
  { group: '', resource: 'pods/portforward', verbs: ['get', 'create'] },
  { group: '', resource: 'resourcequotas', verbs: ['list'] },
  { group: 'apps', resource: 'deployments', verbs: [...READ, ...WRITE] },
  { group: 'batch', resource: 'jobs', verbs: [...READ, ...WRITE] },
  {
    group: 'networking.k8s.io',
    resource: 'ingresses',
    verbs: ['get', 'list', ...WRITE],
  },
  { group: 'networking.k8s.io', resource: 'ingressclasses', verbs: ['get'] },
  {
    group: 'networking.k8s.io',
    resource: 'networkpolicies',
    verbs: ['get', ...WRITE],
  },
  {
    group: 'policy',
    resource: 'poddisruptionbudgets',
    verbs: ['get', ...WRITE],
  },
  {
    group: 'monitoring.coreos.com',
    resource: 'servicemonitors',
    verbs: ['get', ...WRITE],
  },
  { group: 'traefik.io', resource: 'ingressroutes', verbs: ['list'] },
  { group: 'traefik.io', resource: 'middlewares', verbs: ['get', ...WRITE] },
  {
    group: 'external-secrets.io',
    resource: 'secretstores',
    verbs: [...READ, ...WRITE],
  },
  {
    group: 'external-secrets.io',
    resource: 'externalsecrets',
    verbs: [...READ, ...WRITE],
  },
];
