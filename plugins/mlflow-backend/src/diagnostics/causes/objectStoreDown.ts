import { Cause, Detected } from '../Cause';
import { Facts, known } from '../Facts';
import { answered } from '../facts/serverFacts';
import { linesOf, settingEvidence } from '../podStates';
import { refusedListing } from '../refusedListing';

/** How the server says that the store is out of its reach. */
const NO_WAY =
  /EndpointConnectionError|Could not connect to the endpoint URL|ConnectTimeoutError|EndpointResolutionError/;

const ENDPOINT = 'MLFLOW_S3_ENDPOINT_URL';

/** The object store does not answer, or not the server. */
export const objectStoreDown: Cause = {
  name: 'object-store-down',
  condition: 'Bucket',
  severity: 'error',
  template: 'mlflow-repair',
  hides: ['settings-changed'],
  detect: facts => silence(facts) ?? unreachableForServer(facts),
};

/** The store answers nobody. */
function silence(facts: Facts): Detected | undefined {
  const { store, platform } = facts;
  const { endpoint } = platform.objectStore;
  const said =
    'problem' in store && /^Object store: no answer/.test(store.problem)
      ? store.problem
      : refusedListing(facts, 'unreachable')?.text;
  return said === undefined
    ? undefined
    : {
        title: `The object store at ${endpoint} does not answer.`,
        evidence: [{ source: `Object store: ${endpoint}`, text: said }],
        remedy:
          'See that the object store is up, and that nothing lies between it and the cluster. Runs go on being logged; what they upload fails until then.',
        values: { endpoint },
        mendable: false,
      };
}

/** The portal is let in where the server does not get through. */
function unreachableForServer(facts: Facts): Detected | undefined {
  const { objectStore } = facts.platform;
  const artifacts = answered(known(facts.server)?.artifacts);
  if (!known(facts.store)?.listing.ok || !artifacts || artifacts.status < 500) {
    return undefined;
  }
  const wanted = objectStore.inCluster?.endpoint ?? objectStore.endpoint;
  const told = known(facts.cluster)?.settings.plain[ENDPOINT] ?? wanted;
  const changed = told !== wanted;
  const lines = linesOf(facts, NO_WAY);
  if (!changed && lines.length === 0 && !NO_WAY.test(artifacts.text)) {
    return undefined;
  }
  return {
    title: `The server does not reach the object store at ${told}.`,
    evidence: [
      ...(changed ? [settingEvidence(facts, ENDPOINT, told)] : []),
      ...lines,
      {
        source: 'MLflow: listing of artifacts',
        text: `${artifacts.status} ${artifacts.text}`.trim().slice(0, 300),
      },
    ],
    remedy: changed
      ? `Set ${ENDPOINT} to ${wanted}; the repair does it.`
      : `See that pods of namespace ${facts.instance.names.namespace} reach ${wanted}: address, DNS, network policies.`,
    values: { endpoint: told },
    mendable: changed,
  };
}
