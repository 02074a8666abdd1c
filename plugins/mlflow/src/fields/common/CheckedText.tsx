import { TextField } from '@backstage/ui';
import { FieldControl } from './fieldControl';
import { FieldNote, isInvalid, Note } from './FieldNote';

/** A line of text that says about itself while typing whether it can be had. */
export const CheckedText = (props: {
  control: FieldControl;
  value: string;
  placeholder?: string;
  note: Note | undefined;
  rawErrors: string[];
  onChange: (value: string) => void;
  onFocusChange?: (focused: boolean) => void;
}) => {
  const { control, note, rawErrors, ...text } = props;
  const noteId = `${control.id}-note`;
  return (
    <>
      <TextField
        {...control}
        {...text}
        isInvalid={isInvalid(note, rawErrors)}
        aria-describedby={noteId}
        autoComplete="off"
        spellCheck="false"
      />
      <FieldNote id={noteId} note={note} rawErrors={rawErrors} />
    </>
  );
};
