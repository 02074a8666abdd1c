import { Evidence } from 'backstage-plugin-mlflow-common';
import { Facts, known } from './Facts';
import { StoreFacts } from './facts/storeFacts';

type Kind = Extract<StoreFacts['listing'], { ok: false }>['kind'];

/** Evidence that the store refuses the server's key for this reason. */
export function refusedListing(
  { store, instance }: Facts,
  kind: Kind,
): Evidence | undefined {
  const found = known(store);
  if (!found || found.listing.ok || found.listing.kind !== kind) {
    return undefined;
  }
  const { namespace, secrets } = instance.names;
  return {
    source: `Object store: listing of bucket ${found.bucket} by the key of secret ${namespace}/${secrets.objectStore}`,
    text: found.listing.message,
  };
}
