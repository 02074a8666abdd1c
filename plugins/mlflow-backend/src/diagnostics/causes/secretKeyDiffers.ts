import { SECRETS_ANNOTATION } from '../../releases/values';
import { Cause } from '../Cause';
import { Facts, known } from '../Facts';

/** The servers run with values that the Secrets no longer have. */
export const secretKeyDiffers: Cause = {
  name: 'secret-key-differs',
  condition: 'Secrets',
  severity: 'error',
  template: 'mlflow-repair',
  detect(facts) {
    const { instance, observed, cluster } = facts;
    const { namespace, release } = instance.names;
    const digest = known(cluster)?.secretsDigest;
    const started =
      observed.deployment?.spec?.template.metadata?.annotations?.[
        SECRETS_ANNOTATION
      ];
    if (!digest || !started || started === digest) {
      return undefined;
    }
    const changed = changedSince(facts);
    const names = changed.map(({ key }) => key).join(', ');
    return {
      title: `The servers run with other values than their Secrets have${
        names ? `: ${names} changed after they started` : ''
      }.`,
      evidence: [
        {
          source: `Kubernetes: deployment ${namespace}/${release}, ${SECRETS_ANNOTATION}`,
          text: `${started}; the Secrets' values come to ${digest}`,
        },
        ...changed.map(({ secret, key, at }) => ({
          source: `Kubernetes: secret ${namespace}/${secret}, ${key}`,
          text: `changed at ${at}`,
        })),
      ],
      remedy:
        'Run the repair: it starts the servers anew with the present values. A server that starts by itself before that would not know the sessions of the others.',
      values: { names },
    };
  },
};

/** Values that changed after the first of the running servers had started. */
function changedSince({ observed, cluster }: Facts) {
  const [first] = observed.pods
    .flatMap(({ status }) =>
      status?.startTime ? [new Date(status.startTime).toISOString()] : [],
    )
    .sort();
  return (known(cluster)?.secrets ?? []).flatMap(
    ({ name: secret, changedAt = {} }) =>
      Object.entries(changedAt)
        .filter(([, at]) => first !== undefined && at > first)
        .map(([key, at]) => ({ secret, key, at })),
  );
}
