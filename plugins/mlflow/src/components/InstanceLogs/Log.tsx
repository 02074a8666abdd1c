import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Flex, SearchField, Text } from '@backstage/ui';
import { LogLine } from 'backstage-plugin-mlflow-common';
import { useState } from 'react';
import { mlflowHealthTranslationRef } from '../../healthTranslation';
import { Remote } from '../Remote';
import { LogLines } from './LogLines';
import { saveText } from './saveText';
import { LogChoice, useLog } from './useLog';

const matching = (lines: LogLine[], search: string) => {
  const wanted = search.trim().toLowerCase();
  return wanted
    ? lines.filter(({ text }) => text.toLowerCase().includes(wanted))
    : lines;
};

const asText = (lines: LogLine[]) =>
  lines.map(({ time, text }) => `${time} ${text}\n`).join('');

/** One log: followed, searched, saved. */
export const Log = (props: { entityRef: string; choice: LogChoice }) => {
  const { entityRef, choice } = props;
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  // What a container said before it ended does not grow.
  const [follow, setFollow] = useState(!choice.previous);
  const [search, setSearch] = useState('');
  const { view, refresh } = useLog(entityRef, choice, follow);
  const all = view.state === 'shown' ? view.value.lines : [];
  const lines = matching(all, search);
  return (
    <Flex direction="column" gap="3">
      <Flex align="center" gap="3" style={{ flexWrap: 'wrap' }}>
        <SearchField
          aria-label={t('logs.search')}
          placeholder={t('logs.search')}
          value={search}
          onChange={setSearch}
          style={{ flex: '1 1 16rem' }}
        />
        <Button variant="secondary" onPress={() => setFollow(!follow)}>
          {t(follow ? 'logs.pause' : 'logs.follow')}
        </Button>
        <Button
          variant="secondary"
          isDisabled={lines.length === 0}
          onPress={() => saveText(`${choice.pod}.log`, asText(lines))}
        >
          {t('logs.download')}
        </Button>
      </Flex>
      <Remote
        view={view}
        retry={refresh}
        empty={value => (value.lines.length === 0 ? t('logs.none') : undefined)}
      >
        {({ truncated }) => (
          <Flex direction="column" gap="2">
            <Text variant="body-small">
              {t('logs.shown', { count: lines.length })}.{' '}
              {truncated && t('logs.truncated')} {t('logs.masked')}
            </Text>
            {lines.length > 0 ? (
              <LogLines
                label={t('logs.log', { pod: choice.pod })}
                lines={lines}
                follow={follow}
              />
            ) : (
              <Text variant="body-medium" role="status">
                {t('logs.noMatch')}
              </Text>
            )}
          </Flex>
        )}
      </Remote>
    </Flex>
  );
};
