import { instanceUrls } from 'backstage-plugin-mlflow-common';
import { Cause } from '../Cause';
import { known } from '../Facts';

/** Keycloak refuses to send people back to where MLflow asks for. */
export const redirectUriMismatch: Cause = {
  name: 'redirect-uri-mismatch',
  condition: 'Login',
  severity: 'error',
  template: 'mlflow-repair',
  detect({ instance, identity }) {
    const client = known(identity)?.client;
    const wanted = instanceUrls(instance.spec).redirect;
    if (!client || client.redirectUris.includes(wanted)) {
      return undefined;
    }
    return {
      title: `Keycloak does not send people back to ${wanted}: client ${instance.names.client} does not allow that address.`,
      evidence: [
        {
          source: `Keycloak: client ${instance.names.client}, redirect URIs`,
          text: client.redirectUris.join(', ') || 'none',
        },
      ],
      remedy: `Add ${wanted} to the client's redirect URIs; the repair does it.`,
      values: { client: instance.names.client, uri: wanted },
    };
  },
};
