import { Text } from '@backstage/ui';

/** What a field has to say about its value. */
export interface Note {
  tone: 'secondary' | 'success' | 'warning' | 'danger';
  text: string;
}

/**
 * Whether a field is to be marked: by what it says itself, or by the form, whose
 * errors are those of the last Next until a check says better.
 */
export const isInvalid = (note: Note | undefined, rawErrors: string[]) =>
  note?.tone === 'danger' || (rawErrors.length > 0 && note?.tone !== 'success');

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
