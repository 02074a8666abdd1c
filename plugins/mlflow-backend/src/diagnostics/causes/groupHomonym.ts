import { Cause } from '../Cause';
import { heldIdentity } from '../heldIdentity';

/** Whoever is in another group of the same name gets in as a member of ours. */
export const groupHomonym: Cause = {
  name: 'group-homonym',
  condition: 'Identity',
  severity: 'warning',
  detect(facts) {
    const shared = (heldIdentity(facts)?.groups ?? []).filter(
      ({ homonyms }) => homonyms.length > 0,
    );
    if (shared.length === 0) {
      return undefined;
    }
    const grave = shared.find(({ admin }) => admin) ?? shared[0];
    const paths = shared.flatMap(({ homonyms }) => homonyms);
    return {
      title: `Members of ${paths.join(
        ' and ',
      )} get into this MLflow as if they were in group ${grave.name}${
        grave.admin ? ', as administrators' : ''
      }: it knows groups by their bare names.`,
      evidence: shared.map(({ name, homonyms }) => ({
        source: `Keycloak: groups called ${name}`,
        text: homonyms.join(', '),
      })),
      remedy: `An administrator of the realm must rename or remove ${paths.join(
        ' and ',
      )}; this portal changes no groups of others.`,
      values: { group: grave.name, path: paths.join(', ') },
    };
  },
};
