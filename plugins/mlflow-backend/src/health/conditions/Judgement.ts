import { Finding, InstanceCondition } from 'backstage-plugin-mlflow-common';
import { Answer } from '../../plan/askSystem';

/** How one aspect of an instance was found. */
export type Judgement = Pick<
  InstanceCondition,
  'status' | 'reason' | 'message'
>;

/** @param reason - CamelCase word for programs */
export const good = (reason: string, message: string): Judgement => ({
  status: 'True',
  reason,
  message,
});

/** @param reason - CamelCase word for programs */
export const bad = (reason: string, message: string): Judgement => ({
  status: 'False',
  reason,
  message,
});

/** @param reason - CamelCase word for programs */
export const unknown = (reason: string, message: string): Judgement => ({
  status: 'Unknown',
  reason,
  message,
});

/** Judges what a system said; that it could not be asked says nothing. */
export function judge<T>(
  answer: Answer<T>,
  how: (value: T) => Judgement,
): Judgement {
  return 'value' in answer
    ? how(answer.value)
    : unknown('NotAnswered', answer.problem);
}

/** What a finding says of the condition that it breaks. */
export function broken({ cause, title, remedy }: Finding): Judgement {
  return bad(camelCase(cause), `${title} ${remedy}`);
}

/** `redirect-uri-mismatch` as `RedirectUriMismatch`. */
export function camelCase(cause: string): string {
  return cause
    .split('-')
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
