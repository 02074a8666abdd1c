import { StepContext } from '../../steps/Step';
import { tryListing } from '../../systems/objectstore/tryListing';
import { StoreFacts } from './storeFacts';

/** Lists the bucket with the key that the server has. The key stays here. */
export async function gatherStore({
  platform,
  instance,
  signal,
}: StepContext): Promise<StoreFacts> {
  const { bucket, secrets } = instance.names;
  const about = { bucket, endpoint: platform.config.objectStore.endpoint };
  const held = await platform.secrets.read(
    instance,
    secrets.objectStore,
    signal,
  );
  if (!held?.AWS_ACCESS_KEY_ID || !held.AWS_SECRET_ACCESS_KEY) {
    const message = 'the Secret has no key';
    return { ...about, listing: { ok: false, kind: 'secret', message } };
  }
  const fault = await tryListing(
    platform.config,
    bucket,
    {
      accessKeyId: held.AWS_ACCESS_KEY_ID,
      secretAccessKey: held.AWS_SECRET_ACCESS_KEY,
    },
    signal,
  );
  return { ...about, listing: fault ? { ok: false, ...fault } : { ok: true } };
}
