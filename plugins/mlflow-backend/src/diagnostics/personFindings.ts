import { Finding } from 'backstage-plugin-mlflow-common';
import { Instance } from '../steps/Step';
import { quoted } from '../systems/quoted';
import { PersonFacts } from './facts/personFacts';

type Told = Pick<Finding, 'title' | 'remedy' | 'values'> & {
  evidence: string;
};

/** What about one person keeps them from logging in, the gravest first. */
export function personFindings(
  instance: Instance,
  user: string,
  person: PersonFacts | undefined,
): Finding[] {
  const { adminGroup, userGroup } = instance.names;
  const { owner } = instance.spec;
  const name = quoted(user);
  const finding = (
    cause: string,
    severity: Finding['severity'],
    { evidence, ...told }: Told,
  ): Finding => ({
    cause,
    condition: 'Login',
    severity,
    evidence: [{ source: `Keycloak: user ${name}`, text: evidence }],
    ...told,
  });
  if (!person) {
    return [
      finding('login-no-such-user', 'error', {
        title: `Keycloak knows nobody called ${name}.`,
        evidence: 'no such user name or e-mail address',
        remedy:
          'Check how it is written. Somebody new gets an account from an administrator of the realm, not from MLflow.',
        values: { user },
      }),
    ];
  }
  const own = [`/${userGroup}`, `/${adminGroup}`];
  const { enabled, groups, locked, missing, requiredActions } = person;
  const homonyms = groups.filter(path => !own.includes(path));
  const found: (Finding | false)[] = [
    !enabled &&
      finding('login-user-disabled', 'error', {
        title: `The account ${name} is disabled in Keycloak.`,
        evidence: 'enabled: false',
        remedy:
          'An administrator of the realm must enable it; the owner of the instance cannot.',
        values: { user },
      }),
    enabled &&
      locked === true &&
      finding('login-user-locked', 'error', {
        title: `Keycloak has locked the account ${name} for a while, after too many wrong passwords.`,
        evidence: 'temporarily disabled by brute force detection',
        remedy:
          'Wait some minutes and log in with the right password, or ask an administrator of the realm to unlock it.',
        values: { user },
      }),
    missing.length > 0 &&
      finding('login-profile-incomplete', 'error', {
        title: `The account ${name} lacks ${missing.join(
          ', ',
        )}: Keycloak stops its login at a form.`,
        evidence: `empty: ${missing.join(', ')}`,
        remedy: `They fill in the form at their next login, or an administrator of the realm fills in ${missing.join(
          ', ',
        )}. MLflow knows people by their e-mail address.`,
        values: { user, fields: missing.join(', ') },
      }),
    groups.length === 0 &&
      finding('login-not-in-group', 'error', {
        title: `${name} is in neither of the two groups that may log in, ${userGroup} and ${adminGroup}.`,
        evidence: `member of neither ${userGroup} nor ${adminGroup}`,
        remedy: `Whoever belongs to ${owner} is let in by a repair of the instance. Anybody else is put into Keycloak's group ${userGroup}, or ${adminGroup} to administer MLflow, by an administrator of the realm; a subgroup does not count. Then they log in again.`,
        values: { user, userGroup, adminGroup, owner },
      }),
    homonyms.length > 0 &&
      homonyms.length === groups.length &&
      finding('login-by-homonym', 'warning', {
        title: `${name} gets in only by ${homonyms.join(
          ' and ',
        )}, which is not a group of this instance but has the same name.`,
        evidence: `member of ${homonyms.join(', ')}`,
        remedy: `Put them into ${userGroup} or ${adminGroup} at the top of the realm if they belong here, and have an administrator of the realm rename the other group.`,
        values: { user, path: homonyms.join(', '), userGroup, adminGroup },
      }),
    requiredActions.length > 0 &&
      finding('login-actions-pending', 'warning', {
        title: `Keycloak asks ${name} for something first: ${requiredActions.join(
          ', ',
        )}.`,
        evidence: `required actions: ${requiredActions.join(', ')}`,
        remedy:
          'They do what the pages after the password ask for, and are let in afterwards.',
        values: { user, actions: requiredActions.join(', ') },
      }),
  ];
  return found.filter(one => one !== false);
}
