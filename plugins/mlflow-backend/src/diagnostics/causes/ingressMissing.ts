import { Cause } from '../Cause';
import { Facts, known } from '../Facts';
import { GUARD_INGRESS } from '../../steps/ingress';
import { hostServes } from '../hostServes';

/** Nothing leads from the public name to the server. */
export const ingressMissing: Cause = {
  name: 'ingress-missing',
  condition: 'Release',
  severity: 'error',
  template: 'mlflow-repair',
  detect(facts: Facts) {
    const { cluster, instance, observed } = facts;
    const ingress = known(cluster)?.ingress;
    const { host } = instance.spec;
    const { namespace, release } = instance.names;
    const leads = ingress?.some(
      ({ name, hosts }) => name !== GUARD_INGRESS && hosts.includes(host),
    );
    if (!ingress || !observed.deployment || leads || hostServes(facts)) {
      return undefined;
    }
    const others = ingress
      .filter(({ name }) => name !== GUARD_INGRESS)
      .map(({ name, hosts }) => `${name}: ${hosts.join(', ') || 'no host'}`);
    return {
      title: `No Ingress leads from https://${host} to the server.`,
      evidence: [
        {
          source: `Kubernetes: ingresses of namespace ${namespace}`,
          text: others.join('; ') || `no Ingress ${release}`,
        },
      ],
      remedy: 'Run the repair: it makes the Ingress again.',
      values: { host, namespace },
    };
  },
};
