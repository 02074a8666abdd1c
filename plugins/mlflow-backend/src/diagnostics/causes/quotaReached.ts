import { Cause } from '../Cause';
import { known } from '../Facts';

/** The namespace may not have another pod. */
export const quotaReached: Cause = {
  name: 'quota-reached',
  condition: 'Server',
  severity: 'error',
  detect({ cluster, instance, observed }) {
    const failure = observed.deployment?.status?.conditions?.find(
      ({ type, status }) => type === 'ReplicaFailure' && status === 'True',
    );
    const message = failure?.message ?? '';
    if (!/exceeded quota/.test(message)) {
      return undefined;
    }
    const { namespace, release } = instance.names;
    const quota = /exceeded quota: ([^,\s]+)/.exec(message)?.[1] ?? '';
    const reached = (known(cluster)?.quotas ?? []).filter(
      found => found.reached.length > 0,
    );
    return {
      title: `The quota of namespace ${namespace} leaves no room for the server.`,
      evidence: [
        {
          source: `Kubernetes: deployment ${namespace}/${release}`,
          text: message,
        },
        ...reached.map(found => ({
          source: `Kubernetes: quota ${namespace}/${found.name}`,
          text: found.reached.join(', '),
        })),
      ],
      remedy: `Have the cluster's admin raise quota ${quota}, or choose a smaller size for the instance.`,
      values: { namespace, quota },
    };
  },
};
