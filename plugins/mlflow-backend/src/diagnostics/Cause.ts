import {
  ConditionType,
  Evidence,
  Finding,
} from 'backstage-plugin-mlflow-common';
import { Facts } from './Facts';

/** What a cause has to say once it was found. */
export interface Detected {
  /** Sentence: what is wrong, with the object by its name. */
  title: string;
  evidence: Evidence[];
  /** Sentences: what to do. */
  remedy: string;
  /** What the texts speak of, by name. */
  values: Record<string, string>;
  /** False where the cause's template would not mend it this time. */
  mendable?: boolean;
}

/**
 * One reason why an instance is not well. `detect` is pure: it looks at facts
 * and asks nobody, and it keeps silent unless it is sure.
 */
export interface Cause {
  /** For programs and addresses, for example `redirect-uri-mismatch`. */
  readonly name: string;
  readonly condition: ConditionType;
  readonly severity: Finding['severity'];
  /**
   * Template that mends it without a risk; its form gets the instance filled in.
   */
  readonly template?: string;
  /**
   * Causes that follow from this one and would only distract: they are not told
   * while this one is.
   */
  readonly hides?: readonly string[];
  /** A symptom without its reason: told only while no other error is. */
  readonly fallback?: boolean;
  detect(facts: Facts): Detected | undefined;
}
