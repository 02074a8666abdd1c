import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Flex, Text } from '@backstage/ui';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { useState } from 'react';
import { mlflowFormTranslationRef } from '../../formTranslation';

const codeStyle = {
  margin: 0,
  padding: 'var(--bui-space-3)',
  // Nothing scrolls, so that no part is out of a keyboard's reach.
  whiteSpace: 'pre-wrap',
  overflowWrap: 'anywhere',
  background: 'var(--bui-bg-neutral-2)',
  color: 'var(--bui-fg-primary)',
  borderRadius: 'var(--bui-radius-2)',
  fontFamily: 'var(--bui-font-monospace)',
  fontSize: 'var(--bui-font-size-2)',
} as const;

/** Code to copy, with what it is written in. */
export const Snippet = (props: { title: string; code: string }) => {
  const { title, code } = props;
  const { t } = useTranslationRef(mlflowFormTranslationRef);
  const [outcome, setOutcome] = useState<'copied' | 'copyFailed'>();
  const copy = () =>
    navigator.clipboard.writeText(code).then(
      () => setOutcome('copied'),
      () => setOutcome('copyFailed'),
    );
  return (
    <Flex direction="column" gap="1">
      <Flex justify="between" align="center">
        <Text variant="body-small" weight="bold">
          {title}
        </Text>
        <Flex align="center" gap="2">
          <div role="status">
            {outcome && (
              <Text variant="body-small" color="primary">
                {t(`connect.${outcome}`)}
              </Text>
            )}
          </div>
          <Button
            size="small"
            variant="secondary"
            onPress={copy}
            iconStart={
              outcome === 'copied' ? (
                <RiCheckLine aria-hidden="true" />
              ) : (
                <RiFileCopyLine aria-hidden="true" />
              )
            }
          >
            {t('connect.copy', { what: title })}
          </Button>
        </Flex>
      </Flex>
      <pre style={codeStyle}>
        <code>{code}</code>
      </pre>
    </Flex>
  );
};
