import { Cause } from '../Cause';
import { known } from '../Facts';
import { GUARD_INGRESS } from '../../steps/ingress';
import { hostServes } from '../hostServes';

/** No ingress controller takes the Ingress up. */
export const ingressWithoutAddress: Cause = {
  name: 'ingress-without-address',
  condition: 'Release',
  severity: 'error',
  template: 'mlflow-repair',
  detect(facts) {
    const { cluster, instance, platform } = facts;
    const { host } = instance.spec;
    const { namespace } = instance.names;
    const found = known(cluster)?.ingress.find(
      ({ name, hosts }) => name !== GUARD_INGRESS && hosts.includes(host),
    );
    // Some controllers give no address and serve all the same.
    if (!found || found.addresses.length > 0 || hostServes(facts) !== false) {
      return undefined;
    }
    const wanted = platform.ingress.className;
    const other = found.className !== wanted;
    return {
      title: `No ingress controller serves https://${host}.`,
      evidence: [
        {
          source: `Kubernetes: ingress ${namespace}/${found.name}`,
          text: `class ${found.className ?? 'none'}, no address`,
        },
      ],
      remedy: other
        ? `Set the class of the Ingress to ${wanted}; the repair does it.`
        : `See that the controller of class ${wanted} runs, and what its log says of this Ingress.`,
      values: { host, className: found.className ?? '' },
      mendable: other,
    };
  },
};
