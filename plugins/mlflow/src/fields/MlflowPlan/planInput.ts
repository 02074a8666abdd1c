import { PlanInput } from 'backstage-plugin-mlflow-common';
import { formValue } from '../common';

/**
 * What of the form's answers a plan is made of; undefined while an answer is
 * missing without which there is no plan.
 *
 * @param formData - all answers so far
 */
export function planInput(formData: unknown): PlanInput | undefined {
  const platform = formValue(formData, 'platform');
  const name = formValue(formData, 'name');
  const owner = formValue(formData, 'owner');
  if (!platform || !name || !owner) {
    return undefined;
  }
  return {
    platform,
    name,
    owner,
    description: formValue(formData, 'description'),
    host: formValue(formData, 'host'),
    line: formValue(formData, 'line'),
    size: formValue(formData, 'size'),
    replicas: ofType(formData, 'replicas', 'number'),
    defaultPermission: formValue(formData, 'defaultPermission'),
    metrics: ofType(formData, 'metrics', 'boolean'),
  };
}

interface Types {
  number: number;
  boolean: boolean;
}

function ofType<T extends keyof Types>(
  formData: unknown,
  key: string,
  type: T,
): Types[T] | undefined {
  const value: unknown =
    typeof formData === 'object' && formData !== null
      ? Reflect.get(formData, key)
      : undefined;
  return isOfType(value, type) ? value : undefined;
}

function isOfType<T extends keyof Types>(
  value: unknown,
  type: T,
): value is Types[T] {
  return typeof value === type;
}
