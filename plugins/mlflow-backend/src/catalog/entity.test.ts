import {
  entityEnvelopeSchemaValidator,
  makeValidator,
} from '@backstage/catalog-model';
import { MAX_NAME_LENGTH } from 'backstage-plugin-mlflow-common';
import { testRecord } from '../__testUtils__/instances';
import { entityName, instanceEntityRef, toEntity } from './entity';

const { isValidEntityName } = makeValidator();
const longest = 'x'.repeat(MAX_NAME_LENGTH);

describe('entityName', () => {
  it.each([
    ['lab', 'mlflow', 'mlflow.lab'],
    ['lab', 'churn', 'mlflow-churn.lab'],
    ['eu-west', 'churn', 'mlflow-churn.eu-west'],
  ])('%s/%s is %s', (platform, name, expected) => {
    expect(entityName({ platform, name })).toBe(expected);
  });

  it.each([
    ['a long platform', { platform: 'p'.repeat(40), name: longest }],
    ['capital letters', { platform: 'Lab', name: longest }],
  ])('has a hash for %s', (_, ref) => {
    expect(entityName(ref)).toMatch(/^mlflow-x+\.\.[0-9a-f]{12}$/);
  });

  it('is valid and differs, whatever the two parts are', () => {
    const platforms = ['a', 'b-a', 'a-b', 'a_b', 'A', 'a-B', 'p'.repeat(63)];
    const names = ['mlflow', 'a', 'a-a', 'a-b-a', 'b', 'mlflow-a', longest];
    const refs = platforms.flatMap(platform =>
      names.map(name => ({ platform, name })),
    );

    const results = refs.map(ref => entityName(ref).toLowerCase());

    expect(results.filter(name => !isValidEntityName(name))).toEqual([]);
    expect(new Set(results).size).toBe(refs.length);
  });
});

describe('toEntity', () => {
  const { spec } = testRecord();

  it('is an entity of the catalog', () => {
    const entity = toEntity(spec);

    expect(() => entityEnvelopeSchemaValidator()(entity)).not.toThrow();
    expect(entity).toMatchObject({
      kind: 'Component',
      metadata: {
        name: 'mlflow-churn.lab',
        description: 'Churn models',
        annotations: {
          'backstage.io/managed-by-location': 'mlflow:lab/churn',
          'backstage.io/kubernetes-namespace': 'mlflow-churn',
          'backstage.io/kubernetes-label-selector':
            'app.kubernetes.io/instance=mlflow-churn',
          'mlflow.org/instance': 'lab/churn',
        },
        links: [
          { url: 'https://mlflow-churn.example.com/' },
          { url: 'https://mlflow-churn.example.com/oidc/ui/' },
        ],
      },
      spec: {
        type: 'mlflow',
        lifecycle: 'production',
        owner: 'group:default/team-a',
      },
    });
    expect(instanceEntityRef(spec)).toBe('component:default/mlflow-churn.lab');
  });

  it('has no description when nobody gave one', () => {
    expect(
      toEntity({ ...spec, description: '' }).metadata.description,
    ).toBeUndefined();
  });
});
