import { Facts, known } from './Facts';
import { answered } from './facts/serverFacts';

/** Whether somebody who wants to log in does get to Keycloak's page. */
export function loginOpens({ server }: Pick<Facts, 'server'>): boolean {
  return answered(known(server)?.loginPage)?.status === 200;
}
