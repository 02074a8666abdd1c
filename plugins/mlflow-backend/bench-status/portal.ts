import { createBackend } from '@backstage/backend-defaults';

// The portal of dev/index.ts, and beside the plugin its plain counterpart.
const backend = createBackend();

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
backend.add(import('../dev/oidcModule'));
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('../dev/policyModule'));
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(
  import('@backstage-community/plugin-catalog-backend-module-keycloak'),
);
backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('../src'));
backend.add(import('./plainPlugin'));

backend.start();
