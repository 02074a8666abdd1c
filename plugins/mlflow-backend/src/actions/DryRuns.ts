import {
  InstanceReference,
  stringifyInstanceReference,
} from 'backstage-plugin-mlflow-common';
import { Instance } from '../steps/Step';

/** Dry runs end in seconds; more than these are not under way at once. */
const LIMIT = 100;

/** What the claim of a dry run found, in place of a record. */
export interface DryClaim {
  instance: Instance;
  /** Entity reference of whoever is its admin or would be. */
  creator: string;
}

/**
 * A dry run writes no record, but its later actions need what its claim found.
 * It is kept here, in memory: a dry run is one request to one backend.
 */
export class DryRuns {
  readonly #claims = new Map<string, DryClaim>();

  /** @param taskId - of the dry run, which nobody else has */
  remember(taskId: string, claim: DryClaim): void {
    this.#claims.delete(taskId);
    this.#claims.set(taskId, claim);
    const [oldest] = this.#claims.keys();
    if (this.#claims.size > LIMIT && oldest !== undefined) {
      this.#claims.delete(oldest);
    }
  }

  /** What the same dry run claimed, if it is this instance. */
  find(taskId: string, ref: InstanceReference): DryClaim | undefined {
    const claim = this.#claims.get(taskId);
    return claim &&
      stringifyInstanceReference(claim.instance.spec) ===
        stringifyInstanceReference(ref)
      ? claim
      : undefined;
  }
}
