import { Finding, LoginCheck } from 'backstage-plugin-mlflow-common';
import { Instance } from '../steps/Step';
import { PersonFacts } from './facts/personFacts';
import { personFindings } from './personFindings';

/**
 * Why somebody can or can't log in. Pure.
 *
 * @param user - what the caller asked for; nothing else names the person
 * @param person - undefined when Keycloak knows nobody of that name
 * @param common - what keeps everybody out
 */
export function loginCheck(
  instance: Instance,
  user: string,
  person: PersonFacts | undefined,
  common: Finding[],
): LoginCheck {
  const findings = [...personFindings(instance, user, person), ...common];
  const allowed = findings.every(({ severity }) => severity !== 'error');
  const admins = `/${instance.names.adminGroup}`;
  return {
    user,
    allowed,
    // MLflow sees bare names: a group of the same name elsewhere is as good.
    admin:
      allowed && (person?.groups.some(path => path.endsWith(admins)) ?? false),
    findings,
  };
}
