import { Finding, InstanceCondition } from 'backstage-plugin-mlflow-common';

/** What the last look at an instance came to. It never holds a secret. */
export interface HealthReport {
  /** Id of the record; a later instance of the same name has another. */
  id: string;
  /** Generation of the record that was looked at. */
  generation: number;
  /** ISO 8601; when the look began. */
  at: string;
  findings: Finding[];
  /** Those that only a look can tell. */
  conditions: InstanceCondition[];
}
