import { groupsNamed } from './groups';

const tree = [
  {
    id: '1',
    name: 'mlflow-admins',
    path: '/mlflow-admins',
    attributes: { 'mlflow.mark': ['p/i'] },
  },
  {
    id: '2',
    name: 'other',
    path: '/other',
    subGroups: [
      {
        id: '3',
        name: 'deep',
        path: '/other/deep',
        subGroups: [
          { id: '4', name: 'mlflow-admins', path: '/other/deep/mlflow-admins' },
        ],
      },
      { id: '5', name: 'mlflow-admins-2', path: '/other/mlflow-admins-2' },
    ],
  },
];

describe('groupsNamed', () => {
  it('finds groups of exactly that name at whatever depth', () => {
    expect(groupsNamed(tree, 'mlflow-admins')).toEqual([
      { id: '1', path: '/mlflow-admins', mark: 'p/i' },
      { id: '4', path: '/other/deep/mlflow-admins', mark: undefined },
    ]);
  });
});
