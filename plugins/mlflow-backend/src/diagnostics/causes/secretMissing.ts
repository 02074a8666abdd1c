import { Cause } from '../Cause';
import { Facts, known } from '../Facts';
import { NeededValue, neededValues } from '../neededSecrets';
import { unreadyContainers } from '../podStates';

/** A Secret, or a value in it, that the server needs is not there. */
export const secretMissing: Cause = {
  name: 'secret-missing',
  condition: 'Secrets',
  severity: 'error',
  template: 'mlflow-repair',
  hides: ['secret-key-unset', 'secret-key-differs'],
  detect(facts) {
    const missing = missingValues(facts);
    if (missing.length === 0) {
      return undefined;
    }
    const { namespace } = facts.instance.names;
    const names = missing.map(nameOf).join(', ');
    const lost = missing.filter(needed => encrypts(facts, needed));
    return {
      title: `The server needs what is not there: ${names}.`,
      evidence: [
        ...missing.map(({ secret, key }) => ({
          source: `Kubernetes: secret ${namespace}/${secret}`,
          text: key ? `no value for ${key}` : 'does not exist',
        })),
        ...unreadyContainers(facts)
          .filter(
            ({ status }) =>
              status.state?.waiting?.reason === 'CreateContainerConfigError',
          )
          .map(({ pod, status }) => ({
            source: `Kubernetes: pod ${namespace}/${pod}`,
            text: status.state?.waiting?.message ?? 'no reason given',
          })),
      ],
      remedy:
        lost.length > 0
          ? `Bring ${lost
              .map(nameOf)
              .join(
                ', ',
              )} back from a backup: another value cannot read what was encrypted with it. The repair makes the others.`
          : 'Run the repair: it makes what is missing and starts the server anew.',
      values: { names },
      mendable: lost.length === 0,
    };
  },
};

function missingValues(facts: Facts): NeededValue[] {
  const secrets = known(facts.cluster)?.secrets;
  if (!secrets || !facts.observed.deployment) {
    return [];
  }
  const absent = neededValues(facts).filter(({ secret, key }) => {
    const found = secrets.find(({ name }) => name === secret);
    return (
      !found ||
      (key !== undefined &&
        (!found.keys.includes(key) || found.empty.includes(key)))
    );
  });
  // Of a Secret that is gone as a whole, the keys are not told one by one.
  const gone = absent.filter(
    ({ secret }) => !secrets.some(({ name }) => name === secret),
  );
  return [
    ...[...new Set(gone.map(({ secret }) => secret))].map(secret => ({
      secret,
    })),
    ...absent.filter(needed => !gone.includes(needed)),
  ];
}

function nameOf({ secret, key }: NeededValue): string {
  return key ? `${key} in Secret ${secret}` : `Secret ${secret}`;
}

/** Whether what was written with a value is lost without it. */
function encrypts({ instance }: Facts, { secret, key }: NeededValue): boolean {
  const keys = Object.keys(instance.release.generatedKeys);
  return (
    secret === instance.names.secrets.oidc &&
    keys.length > 1 &&
    (key === undefined || keys.includes(key))
  );
}
