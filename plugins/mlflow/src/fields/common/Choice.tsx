import { Flex, Radio, Text } from '@backstage/ui';

/** One of several things to choose from, with what it means. */
export const Choice = (props: {
  value: string;
  title: string;
  explanation: string;
}) => (
  <Radio value={props.value}>
    <Flex direction="column" gap="1" p="2">
      <Text variant="body-medium" weight="bold">
        {props.title}
      </Text>
      <Text variant="body-small">{props.explanation}</Text>
    </Flex>
  </Radio>
);
