import { Evidence } from 'backstage-plugin-mlflow-common';
import { discoveryUrlOf } from '../../releases/values';
import { Cause } from '../Cause';
import { Facts, known } from '../Facts';
import { answered, isReady } from '../facts/serverFacts';
import { loginOpens } from '../loginOpens';

/** How the servers say in their log that they do not get to Keycloak. */
const NO_WAY =
  /All connection attempts failed|Name or service not known|Temporary failure in name resolution|CERTIFICATE_VERIFY_FAILED|ConnectError|ConnectTimeout|NewConnectionError/;

/** Keycloak does not answer, or not the server. */
export const keycloakUnreachable: Cause = {
  name: 'keycloak-unreachable',
  condition: 'Identity',
  severity: 'error',
  template: 'mlflow-repair',
  hides: ['settings-changed'],
  detect(facts) {
    if (loginOpens(facts)) {
      return undefined;
    }
    const down = silence(facts);
    if (down) {
      return {
        title: 'Keycloak does not answer, so nobody can log in.',
        evidence: [down],
        remedy: `See that Keycloak is up, and that ${down.source.replace(
          'Keycloak: ',
          '',
        )} leads to it. Who is logged in can go on working for a while.`,
        values: { url: discoveryUrlOf(facts.platform) },
        mendable: false,
      };
    }
    return unreachableForServer(facts);
  },
};

/** What shows that Keycloak answers nobody. */
function silence({ identity }: Facts): Evidence | undefined {
  const discovery = known(identity)?.discovery;
  return discovery &&
    !discovery.ok &&
    (discovery.status === undefined || discovery.status >= 500)
    ? { source: `Keycloak: ${discovery.url}`, text: discovery.message }
    : undefined;
}

/** The server cannot begin a login, and its settings or its log say why. */
function unreachableForServer({ cluster, instance, platform, server }: Facts) {
  const answers = known(server);
  const login = answered(answers?.login);
  if (!answers || !login || login.status < 500 || !isReady(answers)) {
    return undefined;
  }
  const { namespace, release } = instance.names;
  const wanted = discoveryUrlOf(platform);
  const told = known(cluster)?.settings.plain.OIDC_DISCOVERY_URL ?? wanted;
  const lines = (known(cluster)?.logs ?? []).flatMap(({ pod, lines: all }) =>
    all
      .filter(line => NO_WAY.test(line))
      .slice(-1)
      .map(text => ({
        source: `Kubernetes: log of pod ${namespace}/${pod}`,
        text,
      })),
  );
  const changed = told !== wanted;
  if (!changed && lines.length === 0) {
    return undefined;
  }
  return {
    title: `The server does not reach Keycloak at ${told}, so nobody can log in.`,
    evidence: [
      ...(changed
        ? [
            {
              source: `Kubernetes: deployment ${namespace}/${release}, OIDC_DISCOVERY_URL`,
              text: told,
            },
          ]
        : []),
      ...lines,
      {
        source: 'MLflow: /login',
        text: `${login.status} ${login.text}`.trim(),
      },
    ],
    remedy: changed
      ? `Set OIDC_DISCOVERY_URL to ${wanted}; the repair does it.`
      : `See that pods of namespace ${namespace} reach ${wanted} and trust its certificate: address, DNS, network policies, and mlflow.platforms.${platform.name}.ca.`,
    values: { url: told },
    mendable: changed,
  };
}
