import { Flex, Text } from '@backstage/ui';
import { RiCheckLine, RiErrorWarningLine } from '@remixicon/react';

/** What a field has to say about its value. */
export interface Note {
  tone: 'secondary' | 'success' | 'warning' | 'danger';
  text: string;
}

/** The colours are too pale for small text, in one theme or the other. */
const Icon = ({ tone }: Pick<Note, 'tone'>) => {
  if (tone === 'secondary') {
    return null;
  }
  const Shape = tone === 'success' ? RiCheckLine : RiErrorWarningLine;
  return <Shape size={16} color={`var(--bui-fg-${tone})`} aria-hidden="true" />;
};

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
        <Flex align="center" gap="1" mt="1">
          <Icon tone={shown.tone} />
          <Text variant="body-small">{shown.text}</Text>
        </Flex>
      )}
    </div>
  );
};
