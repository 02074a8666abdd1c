import { Evidence } from 'backstage-plugin-mlflow-common';
import { clientDifferences } from '../../steps/identityDifferences';
import { realmClients } from '../../steps/identityPlan';
import { Cause } from '../Cause';
import { Facts, known } from '../Facts';
import { answered, isReady, ServerFacts } from '../facts/serverFacts';
import { heldIdentity } from '../heldIdentity';

const PAGE = 'Keycloak: login page';

/** A login ends before its page, and nothing else says why. */
export const loginPageRefused: Cause = {
  name: 'login-page-refused',
  condition: 'Login',
  severity: 'error',
  template: 'mlflow-repair',
  fallback: true,
  detect(facts) {
    const server = known(facts.server);
    const refusal = server && (refusalOf(server) ?? failureOf(server));
    if (!refusal) {
      return undefined;
    }
    const { client } = facts.instance.names;
    const differences = differencesOf(facts);
    return {
      title: `Nobody can log in: ${
        refusal.source === PAGE
          ? 'Keycloak refuses to show its login page'
          : 'the server cannot begin a login'
      }.`,
      evidence: [
        refusal,
        ...(differences.length > 0
          ? [
              {
                source: `Keycloak: client ${client}, compared to what it should be`,
                text: differences.join('; '),
              },
            ]
          : []),
      ],
      remedy:
        differences.length > 0
          ? `Set client ${client} right; the repair does it.`
          : "Look into the server's log and Keycloak's log at the time of a login.",
      values: { client },
      mendable: differences.length > 0,
    };
  },
};

/** Keycloak says no, by a page of its own or by sending people back. */
function refusalOf({ loginPage }: ServerFacts): Evidence | undefined {
  const page = answered(loginPage);
  if (!page) {
    return undefined;
  }
  if (page.status >= 400) {
    return {
      source: PAGE,
      text: `${page.status} ${messageOf(page.text)}`.trim(),
    };
  }
  const back =
    page.location && URL.canParse(page.location)
      ? new URL(page.location).searchParams
      : undefined;
  const error = back?.get('error');
  return error
    ? {
        source: PAGE,
        text: [error, back?.get('error_description')]
          .filter(Boolean)
          .join(': '),
      }
    : undefined;
}

/** A server that is not ready has other reasons. */
function failureOf(server: ServerFacts): Evidence | undefined {
  const login = answered(server.login);
  return login && login.status >= 400 && isReady(server)
    ? {
        source: 'MLflow: /login',
        text: `${login.status} ${messageOf(login.text)}`.trim(),
      }
    : undefined;
}

/** What an error page says, without its markup. */
function messageOf(text: string): string {
  const said =
    /<p[^>]*class="instruction"[^>]*>([^<]*)</.exec(text)?.[1] ??
    (text.trimStart().startsWith('<') ? '' : text);
  return said.trim().slice(0, 200);
}

function differencesOf(facts: Facts): string[] {
  const held = heldIdentity(facts);
  return held?.client
    ? clientDifferences(
        held.client,
        realmClients(facts.instance, held.scopes).login,
      ).reasons
    : [];
}
