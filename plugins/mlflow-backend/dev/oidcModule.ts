import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  OidcAuthResult,
  oidcAuthenticator,
} from '@backstage/plugin-auth-backend-module-oidc-provider';
import {
  authProvidersExtensionPoint,
  createOAuthProviderFactory,
  OAuthAuthenticatorResult,
  SignInResolver,
} from '@backstage/plugin-auth-node';

/** Written by the catalog's import of Keycloak users. */
const KEYCLOAK_ID_ANNOTATION = 'keycloak.org/id';

/**
 * Finds the user by the id that Keycloak gave them. Unlike name and e-mail
 * address, nobody can change theirs to that of another.
 */
const keycloakId: SignInResolver<
  OAuthAuthenticatorResult<OidcAuthResult>
> = async ({ result }, context) =>
  context.signInWithCatalogUser({
    annotations: {
      [KEYCLOAK_ID_ANNOTATION]: result.fullProfile.userinfo.sub,
    },
  });

export default createBackendModule({
  pluginId: 'auth',
  moduleId: 'keycloak-sign-in',
  register(env) {
    env.registerInit({
      deps: { providers: authProvidersExtensionPoint },
      async init({ providers }) {
        providers.registerProvider({
          providerId: 'oidc',
          factory: createOAuthProviderFactory({
            authenticator: oidcAuthenticator,
            signInResolver: keycloakId,
          }),
        });
      },
    });
  },
});
