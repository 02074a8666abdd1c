/**
 * What is known of an instance one by one, in the order in which a person
 * would look.
 *
 * @public
 */
export const CONDITION_TYPES = [
  'Provisioned',
  'Secrets',
  'Database',
  'Bucket',
  'Identity',
  'Migration',
  'Release',
  'Server',
  'Login',
  'Artifacts',
  'Metrics',
  'Version',
  'Drift',
] as const;

/** @public */
export type ConditionType = (typeof CONDITION_TYPES)[number];

/**
 * One aspect of an instance, in the manner of a Kubernetes condition. `True` is
 * good.
 *
 * @public
 */
export interface InstanceCondition {
  type: ConditionType;
  status: 'True' | 'False' | 'Unknown';
  /** CamelCase word for programs. */
  reason: string;
  /** Sentence for people. */
  message: string;
  /** ISO 8601; when `status` last changed. */
  since?: string;
  /** ISO 8601; when it was last looked at, where that is not all the time. */
  checkedAt?: string;
}

/**
 * What was seen that shows a cause: a line of a log, a value.
 *
 * @public
 */
export interface Evidence {
  /** Where it was seen, for example `Keycloak: client mlflow, redirect URIs`. */
  source: string;
  /** What was seen; never a secret. */
  text: string;
}

/**
 * Why an instance is not well, and what to do.
 *
 * @public
 */
export interface Finding {
  /** Names the cause, for example `redirect-uri-mismatch`. */
  cause: string;
  /** The condition that it breaks. */
  condition: ConditionType;
  /** An error keeps people from their work; a warning will, or is a risk. */
  severity: 'error' | 'warning';
  /** Sentence: what is wrong. */
  title: string;
  evidence: Evidence[];
  /** Sentences: what to do. */
  remedy: string;
  /** Template that does it, with the instance filled in; where that is safe. */
  template?: string;
  /** What the texts speak of, by name: another language puts them into its own. */
  values: Record<string, string>;
}
