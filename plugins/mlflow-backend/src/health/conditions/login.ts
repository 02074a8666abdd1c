import { Facts } from '../../diagnostics/Facts';
import { answered, Hop } from '../../diagnostics/facts/serverFacts';
import { bad, good, judge, Judgement, unknown } from './Judgement';

/** Whether a login begins, and the identity provider shows its form. */
export function judgeLogin({ server }: Facts): Judgement {
  return judge(server, facts => {
    const { login, loginPage } = facts;
    const ready = answered(facts.ready);
    if (!ready) {
      return unknown(
        'ServerNotAsked',
        'No server answers; logins are not judged before.',
      );
    }
    if (ready.status !== 200) {
      return bad(
        'ServerNotReady',
        `The server says of itself that it is not ready (${ready.status}): nobody can log in.`,
      );
    }
    const begun = answered(login);
    if (!begun) {
      return silent('/login', login);
    }
    if (begun.status !== 302 || !loginPage) {
      return bad(
        'NotBegun',
        `/login answers ${begun.status} instead of leading to Keycloak.`,
      );
    }
    const page = answered(loginPage);
    if (!page) {
      return silent('The login page of Keycloak', loginPage);
    }
    return page.status === 200
      ? good('PageShown', 'Keycloak shows the login page.')
      : bad('PageRefused', `Keycloak answers a login with ${page.status}.`);
  });
}

function silent(what: string, hop: Hop): Judgement {
  const failure = 'failure' in hop ? hop.failure : '';
  const message = `${what} does not answer: ${failure}`;
  // One answer that is late says nothing; a refusal does.
  return 'timedOut' in hop
    ? unknown('NotAnswered', message)
    : bad('NotReachable', message);
}
