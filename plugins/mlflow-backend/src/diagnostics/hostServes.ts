import { Facts, known } from './Facts';
import { answered } from './facts/serverFacts';

/**
 * Whether a call by the public name comes to the server, which asks for a login;
 * undefined when nobody could try.
 */
export function hostServes({ server, instance }: Facts): boolean | undefined {
  const hops = known(server);
  if (!hops) {
    return undefined;
  }
  const status = answered(hops.anonymous)?.status;
  return (
    status !== undefined &&
    instance.release.behaviour.anonymous.includes(status)
  );
}
