import { Alert, AlertProps, Flex } from '@backstage/ui';

/** Several sentences under one title; nothing when there are none. */
export const Sentences = (props: {
  status: AlertProps['status'];
  title: string;
  sentences: string[];
  /** What to do about it, below them. */
  remedy?: string;
}) => {
  const { status, title, sentences, remedy } = props;
  if (sentences.length === 0) {
    return null;
  }
  return (
    <Alert
      role={status === 'danger' ? 'alert' : 'note'}
      status={status}
      icon
      title={title}
      description={
        <Flex direction="column" gap="1">
          {sentences.map(sentence => (
            <span key={sentence} style={{ overflowWrap: 'anywhere' }}>
              {sentence}
            </span>
          ))}
          {remedy && <span>{remedy}</span>}
        </Flex>
      }
    />
  );
};
