import { Cause } from '../Cause';
import { heldIdentity } from '../heldIdentity';

/** A group whose members may log in is not there, so nobody is in it. */
export const groupMissing: Cause = {
  name: 'group-missing',
  condition: 'Identity',
  severity: 'error',
  template: 'mlflow-repair',
  detect(facts) {
    const { owner } = facts.instance.spec;
    const missing = (heldIdentity(facts)?.groups ?? []).filter(
      ({ exists }) => !exists,
    );
    if (missing.length === 0) {
      return undefined;
    }
    const names = missing.map(({ name }) => name).join(' and ');
    const taken = missing.some(({ homonyms }) => homonyms.length > 0);
    return {
      title: `Keycloak has no group ${names} any more, so nobody can ${
        missing.some(({ admin }) => !admin) ? 'log in' : 'administer MLflow'
      } by it.`,
      evidence: missing.map(({ name }) => ({
        source: 'Keycloak: top-level groups',
        text: `no ${name}`,
      })),
      remedy: taken
        ? 'First let an administrator of the realm rename the other group of that name; then run the repair.'
        : `Run the repair: it makes the group anew and lets in the members of ${owner}. Others must be added again by hand.`,
      values: { group: names, owner },
      mendable: !taken,
    };
  },
};
