/** How the object store takes the key of the instance's Secret. */
export interface StoreFacts {
  bucket: string;
  /** A signed listing of one object with the key of the Secret. */
  listing:
    | { ok: true }
    | {
        ok: false;
        kind: 'key' | 'missing' | 'forbidden' | 'unreachable' | 'refused';
        message: string;
      };
}
