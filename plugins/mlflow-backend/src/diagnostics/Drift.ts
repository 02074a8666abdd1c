/** How an instance differs from what was asked for. */
export interface Drift {
  /** What a repair would make or change, for people; no secret. */
  differing: string[];
  /** Sentences of the systems that could not be asked. */
  problems: string[];
}
