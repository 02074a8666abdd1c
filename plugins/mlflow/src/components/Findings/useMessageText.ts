import { Finding } from 'backstage-plugin-mlflow-common';
import { useFindingText } from './useFindingText';

/**
 * A message of the backend in the language of the app, where it tells a finding.
 */
export function useMessageText(
  findings: Finding[],
): (message: string) => string {
  const textOf = useFindingText();
  return message => {
    const told = findings.find(({ title }) => message.startsWith(title));
    return told ? textOf(told).title : message;
  };
}
