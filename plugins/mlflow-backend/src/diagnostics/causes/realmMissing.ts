import { discoveryUrlOf } from '../../releases/values';
import { Cause, Detected } from '../Cause';
import { Facts, known } from '../Facts';
import { loginOpens } from '../loginOpens';

/** The realm that the platform or the server names is not there. */
export const realmMissing: Cause = {
  name: 'realm-missing',
  condition: 'Identity',
  severity: 'error',
  template: 'mlflow-repair',
  hides: ['keycloak-unreachable', 'settings-changed'],
  detect: facts => otherRealm(facts) ?? noRealm(facts),
};

/** By hand the server was told another realm of the same Keycloak. */
function otherRealm({
  cluster,
  platform,
  instance,
}: Facts): Detected | undefined {
  const told = known(cluster)?.settings.plain.OIDC_DISCOVERY_URL;
  const wanted = discoveryUrlOf(platform);
  const used = told && realmOf(told);
  const { realm } = platform.keycloak;
  if (
    !used ||
    used === realm ||
    told.replace(`/realms/${used}/`, `/realms/${realm}/`) !== wanted
  ) {
    return undefined;
  }
  return {
    title: `MLflow logs people in by realm ${used} of Keycloak; the platform's is ${realm}.`,
    evidence: [
      {
        source: `Kubernetes: deployment ${instance.names.namespace}/${instance.names.release}, OIDC_DISCOVERY_URL`,
        text: told,
      },
    ],
    remedy: `Set it to ${wanted}; the repair does it.`,
    values: { realm: used },
  };
}

function noRealm(all: Facts): Detected | undefined {
  const { identity, platform } = all;
  const facts = known(identity);
  if (!facts || facts.discovery.ok || loginOpens(all)) {
    return undefined;
  }
  const { url, status, message } = facts.discovery;
  if (status === undefined || status < 400 || status >= 500) {
    return undefined;
  }
  const { realm } = facts;
  return {
    title: `Keycloak has no realm ${realm} that is in use.`,
    evidence: [{ source: `Keycloak: ${url}`, text: message }],
    remedy: `Make or enable realm ${realm} again, or correct mlflow.platforms.${platform.name}.keycloak in the portal's configuration.`,
    values: { realm },
    mendable: false,
  };
}

function realmOf(discoveryUrl: string): string | undefined {
  return /\/realms\/([^/]+)\/\.well-known\//.exec(discoveryUrl)?.[1];
}
