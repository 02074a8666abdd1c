import type { Provocation } from '../Provocation.ts';

export const keycloakUnreachable: Provocation = {
  cause: 'keycloak-unreachable',
  what: 'Keycloak is out of reach for the harness’s portal and its servers',
  alone: true,
  async provoke({ onMend, systems }) {
    onMend(async () => systems.keycloak.mend());
    systems.keycloak.cut();
  },
};
