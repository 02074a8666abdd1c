import { instanceUrls } from 'backstage-plugin-mlflow-common';
import { askedLogin } from '../askedLogin';
import { Cause } from '../Cause';
import { heldIdentity } from '../heldIdentity';
import { loginOpens } from '../loginOpens';

/** Keycloak refuses to send people back to where MLflow asks for. */
export const redirectUriMismatch: Cause = {
  name: 'redirect-uri-mismatch',
  condition: 'Login',
  severity: 'error',
  template: 'mlflow-repair',
  hides: ['settings-changed'],
  detect(facts) {
    const { names, spec } = facts.instance;
    const client = heldIdentity(facts)?.client;
    const asked = askedLogin(facts);
    const uri = asked.redirectUri;
    if (
      !client ||
      asked.client !== names.client ||
      loginOpens(facts) ||
      client.redirectUris.some(allowed => allows(allowed, uri))
    ) {
      return undefined;
    }
    const wanted = instanceUrls(spec).redirect;
    return {
      title: `Keycloak does not send people back to ${uri}: client ${names.client} does not allow that address.`,
      evidence: [
        {
          source: `Keycloak: client ${names.client}, redirect URIs`,
          text: client.redirectUris.join(', ') || 'none',
        },
      ],
      remedy:
        uri === wanted
          ? `Add ${uri} to the client's redirect URIs; the repair does it.`
          : `The server asks for another address than its own: set OIDC_REDIRECT_URI of its Deployment to ${wanted}; the repair does it.`,
      values: { client: names.client, uri },
    };
  },
};

/** Keycloak takes a star at the end for anything. */
function allows(allowed: string, uri: string): boolean {
  return allowed.endsWith('*')
    ? uri.startsWith(allowed.slice(0, -1))
    : allowed === uri;
}
