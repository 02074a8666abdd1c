import { Cause } from '../Cause';
import { heldIdentity } from '../heldIdentity';

/** Somebody switched off the client by which people log in. */
export const clientDisabled: Cause = {
  name: 'client-disabled',
  condition: 'Identity',
  severity: 'error',
  template: 'mlflow-repair',
  detect(facts) {
    const { client } = facts.instance.names;
    const found = heldIdentity(facts)?.client;
    if (!found || found.enabled) {
      return undefined;
    }
    return {
      title: `Client ${client} is disabled in Keycloak, so nobody can log in.`,
      evidence: [
        { source: `Keycloak: client ${client}`, text: 'enabled: false' },
      ],
      remedy:
        'If nobody did so on purpose, enable the client; the repair does it.',
      values: { client },
    };
  },
};
