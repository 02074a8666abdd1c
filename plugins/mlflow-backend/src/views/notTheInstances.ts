import { Unanswered } from 'backstage-plugin-mlflow-common';

/**
 * Stands in place of what bears an instance's name without its mark: what others
 * have is none of the business of whoever may read the instance.
 */
export function notTheInstances(system: string, object: string): Unanswered {
  return {
    problem: `${system}: ${object} is not this instance's, so nothing of it is shown. The plan says what is in the way.`,
  };
}
