import { ListingFault } from '../../systems/objectstore/tryListing';

/** How the object store takes the key of the instance's Secret. */
export interface StoreFacts {
  bucket: string;
  /** Where the portal finds the store. */
  endpoint: string;
  /** A signed listing of one object with the key of the Secret. */
  listing:
    | { ok: true }
    | ({ ok: false } & (
        | ListingFault
        /** The Secret does not hold a key. */
        | { kind: 'secret'; message: string }
      ));
}
