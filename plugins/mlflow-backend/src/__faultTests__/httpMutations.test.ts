import {
  dockerMutation,
  KeycloakNames,
  kubernetesMutation,
  mayMutate,
  mlflowMutation,
  objectStoreMutation,
  registryMutation,
} from '../../fault-tests/proxies/httpMutations.ts';
import type { Request } from '../../fault-tests/proxies/httpMutations.ts';

const request = (
  line: string,
  { body, agent }: { body?: unknown; agent?: string } = {},
): Request => {
  const [method, path] = line.split(' ');
  return {
    method,
    url: new URL(path, 'http://proxy'),
    headers: { 'user-agent': agent },
    body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
  };
};

it('takes a request that cannot change anything for none', () => {
  expect(['GET', 'HEAD', 'OPTIONS', undefined].some(mayMutate)).toBe(false);
  expect(['POST', 'PUT', 'PATCH', 'DELETE'].every(mayMutate)).toBe(true);
});

describe('Kubernetes', () => {
  it.each([
    ['PATCH /api/v1/namespaces/mlflow-a', 'PATCH namespaces/mlflow-a'],
    [
      'PUT /api/v1/namespaces/backstage-mlflow/configmaps/instance-a',
      'PUT backstage-mlflow/configmaps/instance-a',
    ],
    [
      'DELETE /apis/apps/v1/namespaces/mlflow-a/deployments/mlflow-a',
      'DELETE mlflow-a/deployments/mlflow-a',
    ],
  ])('names %s', (line, what) => {
    expect(kubernetesMutation(request(line))).toMatchObject({
      system: 'kubernetes',
      what,
      periodic: false,
    });
  });

  it('names what is created, and tells helm by its agent', () => {
    const created = request('POST /api/v1/namespaces/mlflow-a/secrets', {
      body: { metadata: { name: 'mlflow-db-secret' } },
      agent: 'Helm/3.19.0',
    });
    expect(kubernetesMutation(created)).toMatchObject({
      system: 'helm',
      what: 'POST mlflow-a/secrets/mlflow-db-secret',
    });
  });

  it.each([
    'POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    'POST /api/v1/namespaces/mlflow-a/pods/mlflow-a-0/portforward',
    'PATCH /api/v1/namespaces/mlflow-a?dryRun=All',
  ])('does not count %s', line => {
    expect(kubernetesMutation(request(line))).toBeUndefined();
  });

  it('has no point where the clock writes', () => {
    const report = '/api/v1/namespaces/backstage-mlflow/configmaps/health-a';
    const lease =
      '/apis/coordination.k8s.io/v1/namespaces/backstage-mlflow/leases/instance-a';
    const periodic = (line: string) =>
      kubernetesMutation(request(line))?.periodic;
    expect(periodic(`PUT ${lease}`)).toBe(true);
    expect(periodic(`DELETE ${lease}`)).toBe(false);
    expect(periodic(`PATCH ${report}`)).toBe(true);
  });
});

describe('Keycloak', () => {
  const ID = '0a1b2c3d-0000-4000-8000-0123456789ab';
  const path = (rest: string) => `/admin/realms/sandbox/${rest}`;

  it('does not count a login', () => {
    const login = request('POST /realms/sandbox/protocol/openid-connect/token');
    expect(new KeycloakNames().classify(login)).toBeUndefined();
  });

  it('names an object by what Keycloak answered when it was made', () => {
    const names = new KeycloakNames();
    const made = request(`POST ${path('clients')}`, {
      body: { clientId: 'mlflow-a' },
    });
    expect(names.classify(made)?.what).toBe('POST clients (mlflow-a)');
    names.learn(made, {
      location: `https://auth${path(`clients/${ID}`)}`,
      body: Buffer.alloc(0),
    });
    expect(names.classify(request(`PUT ${path(`clients/${ID}`)}`))?.what).toBe(
      'PUT clients/mlflow-a',
    );
  });

  it('names an object by a list in which it stood, and an unknown one by none', () => {
    const names = new KeycloakNames();
    const put = request(`PUT ${path(`groups/${ID}`)}`);
    expect(names.classify(put)?.what).toBe('PUT groups/<id>');
    names.learn(request(`GET ${path('groups')}`), {
      body: Buffer.from(JSON.stringify([{ id: ID, name: 'mlflow-a-users' }])),
    });
    expect(names.classify(put)?.what).toBe('PUT groups/mlflow-a-users');
  });
});

describe('the others', () => {
  it('tells calls of the object store apart by their keys, not their values', () => {
    const call = request(
      'POST /minio/admin/v3/idp/builtin/policy/attach?b=1&a=2&x-id=Attach',
    );
    expect(objectStoreMutation(call)?.what).toBe(
      'POST /minio/admin/v3/idp/builtin/policy/attach?a&b',
    );
  });

  it('takes a search in MLflow for reading', () => {
    expect(
      mlflowMutation(request('POST /api/2.0/mlflow/experiments/search')),
    ).toBeUndefined();
    expect(mlflowMutation(request('POST /api/2.0/mlflow/users'))).toEqual({
      system: 'mlflow',
      what: 'POST /api/2.0/mlflow/users',
    });
  });

  it('names containers alike, and counts no wait for them', () => {
    const id = 'a1b2c3d4e5f6'.repeat(5);
    expect(dockerMutation(request(`POST /containers/${id}/start`))?.what).toBe(
      'POST /containers/<id>/start',
    );
    expect(
      dockerMutation(request(`POST /containers/${id}/wait`)),
    ).toBeUndefined();
  });

  it('names what goes to the registry by its path', () => {
    expect(
      registryMutation(request('DELETE /v2/mlflow/manifests/sha256:1')),
    ).toEqual({
      system: 'registry',
      what: 'DELETE /v2/mlflow/manifests/sha256:1',
    });
  });
});
