import { sandboxPlatform } from '../../__testUtils__/stepContext';

const platform = sandboxPlatform();

afterAll(() => platform.close());

it.each([
  ['v1', 'ConfigMap', true],
  ['traefik.io/v1alpha1', 'Middleware', true],
  ['v1', 'Nothing', false],
  ['nobody.example.com/v1', 'Nothing', false],
])('the cluster has %s %s: %s', async (apiVersion, kind, served) => {
  expect(await platform.kubernetes.serves(apiVersion, kind)).toBe(served);
});
