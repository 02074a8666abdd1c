import { differingFields } from './differingFields';

const wanted = {
  replicas: 1,
  rollingUpdate: null,
  tolerations: [],
  containers: [
    {
      name: 'mlflow',
      env: [
        { name: 'A', value: '1' },
        { name: 'EMPTY', value: '' },
      ],
      volumes: [{ name: 'tmp', emptyDir: {} }],
    },
  ],
};

/** As the API server gives it back. */
const found = (changes: { env?: object[]; replicas?: number } = {}) => ({
  replicas: changes.replicas ?? 1,
  revisionHistoryLimit: 10,
  containers: [
    {
      name: 'mlflow',
      imagePullPolicy: 'IfNotPresent',
      env: changes.env ?? [{ name: 'A', value: '1' }, { name: 'EMPTY' }],
      volumes: [{ name: 'tmp', emptyDir: {} }],
    },
  ],
});

it.each<[string, unknown, string[]]>([
  ['as it was asked for', found(), []],
  ['scaled', found({ replicas: 0 }), ['replicas']],
  [
    'with another value',
    found({ env: [{ name: 'A', value: '2' }, { name: 'EMPTY' }] }),
    ['containers[0].env[0].value'],
  ],
  [
    'with a value of its own',
    found({
      env: [
        { name: 'A', value: '1' },
        { name: 'EMPTY' },
        { name: 'B', value: '1' },
      ],
    }),
    ['containers[0].env'],
  ],
  ['with a value less', found({ env: [] }), ['containers[0].env']],
  ['with a list more', { ...found(), tolerations: [{}] }, ['tolerations']],
  ['gone', undefined, ['replicas', 'containers']],
])('finds what is otherwise in one %s', (_, there, differing) => {
  expect(differingFields(wanted, there)).toEqual(differing);
});
