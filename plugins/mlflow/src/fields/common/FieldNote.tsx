import { Text } from '@backstage/ui';

/** What a field has to say about its value. */
export interface Note {
  tone: 'secondary' | 'success' | 'warning' | 'danger';
  text: string;
}

/**
 * Says what a field has to say while typing, to the eye and to a screen
 * reader. It is always there, since a live region that appears together with
 * its text is not read out.
 */
export const FieldNote = (props: {
  id: string;
  note: Note | undefined;
  /** What the form itself shows below the field, not to be said twice. */
  rawErrors: string[];
}) => {
  const { id, note, rawErrors } = props;
  const shown = note && !rawErrors.includes(note.text) ? note : undefined;
  return (
    <div id={id} role="status" aria-live="polite">
      {shown && (
        <Text variant="body-small" color={shown.tone}>
          {shown.text}
        </Text>
      )}
    </div>
  );
};
