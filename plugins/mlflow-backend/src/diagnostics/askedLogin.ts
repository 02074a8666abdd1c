import { instanceUrls } from 'backstage-plugin-mlflow-common';
import { Facts, known } from './Facts';
import { answered } from './facts/serverFacts';

/** What the server asks of Keycloak for somebody who wants to log in. */
export interface AskedLogin {
  client: string;
  redirectUri: string;
  scopes: string[];
}

/**
 * Read from where `/login` leads: only the running server knows its settings.
 * While that is not known, what it should ask for is taken.
 */
export function askedLogin({
  instance,
  server,
}: Pick<Facts, 'instance' | 'server'>): AskedLogin {
  const location = answered(known(server)?.login)?.location;
  const asked =
    location && URL.canParse(location)
      ? new URL(location).searchParams
      : new URLSearchParams();
  return {
    client: asked.get('client_id') ?? instance.names.client,
    redirectUri:
      asked.get('redirect_uri') ?? instanceUrls(instance.spec).redirect,
    scopes: (asked.get('scope') ?? 'openid profile email groups').split(' '),
  };
}
