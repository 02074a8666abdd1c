import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Flex, Text } from '@backstage/ui';
import { Holdings, Unanswered } from 'backstage-plugin-mlflow-common';
import { ReactNode } from 'react';
import { mlflowHealthTranslationRef } from '../../healthTranslation';
import { DataTable } from '../DataTable';
import { RelativeTime, useLanguage } from '../RelativeTime';
import { formatBytes } from './formatBytes';

/** What one system said, or why it said nothing. */
function System<T extends object>(props: {
  title: string;
  answer: T | Unanswered;
  children: (answer: T) => ReactNode;
}) {
  const { title, answer, children } = props;
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  return (
    <section aria-label={title}>
      <Flex direction="column" gap="2">
        <Text as="h3" variant="title-x-small">
          {title}
        </Text>
        {'problem' in answer ? (
          <Alert
            role="status"
            status="warning"
            icon
            title={t('holdings.problem')}
            description={answer.problem}
          />
        ) : (
          children(answer)
        )}
      </Flex>
    </section>
  );
}

/** Names and values, one pair a row. */
const Facts = (props: { label: string; facts: [string, ReactNode][] }) => {
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  return (
    <DataTable
      label={props.label}
      rows={props.facts}
      keyOf={([name]) => name}
      columns={[
        { label: t('holdings.property'), cell: ([name]) => name, width: '30%' },
        { label: t('holdings.value'), long: true, cell: ([, value]) => value },
      ]}
    />
  );
};

export const Databases = ({ databases }: Pick<Holdings, 'databases'>) => {
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  const language = useLanguage();
  return (
    <System title={t('holdings.databases')} answer={databases}>
      {({ items }) => (
        <DataTable
          label={t('holdings.databases')}
          rows={items}
          keyOf={({ name }) => name}
          columns={[
            { label: t('holdings.name'), long: true, cell: ({ name }) => name },
            {
              label: t('holdings.size'),
              cell: ({ bytes }) => formatBytes(bytes, language),
            },
          ]}
        />
      )}
    </System>
  );
};

export const Bucket = ({ bucket }: Pick<Holdings, 'bucket'>) => {
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  const language = useLanguage();
  return (
    <System title={t('holdings.bucket')} answer={bucket}>
      {({ name, bytes, objects, limitBytes }) => (
        <Facts
          label={t('holdings.bucket')}
          facts={[
            [t('holdings.name'), name],
            [
              t('holdings.size'),
              bytes === undefined
                ? t('holdings.unknown')
                : formatBytes(bytes, language),
            ],
            [t('holdings.objects'), objects ?? t('holdings.unknown')],
            [
              t('holdings.limit'),
              limitBytes === undefined
                ? t('holdings.noLimit')
                : formatBytes(limitBytes, language),
            ],
          ]}
        />
      )}
    </System>
  );
};

export const Client = ({ client }: Pick<Holdings, 'client'>) => {
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  return (
    <System title={t('holdings.client')} answer={client}>
      {({ id, enabled, redirectUris, scopes }) => (
        <Facts
          label={t('holdings.client')}
          facts={[
            [t('holdings.name'), id],
            [
              t('holdings.enabled'),
              t(enabled ? 'holdings.yes' : 'holdings.no'),
            ],
            [t('holdings.redirectUris'), redirectUris.join(', ') || '–'],
            [t('holdings.scopes'), scopes.join(', ') || '–'],
          ]}
        />
      )}
    </System>
  );
};

export const Groups = ({ groups }: Pick<Holdings, 'groups'>) => {
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  return (
    <System title={t('holdings.groups')} answer={groups}>
      {({ items }) => (
        <DataTable
          label={t('holdings.groups')}
          rows={items}
          keyOf={({ name }) => name}
          columns={[
            { label: t('holdings.name'), long: true, cell: ({ name }) => name },
            { label: t('holdings.members'), cell: ({ members }) => members },
          ]}
        />
      )}
    </System>
  );
};

export const Secrets = ({ secrets }: Pick<Holdings, 'secrets'>) => {
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  return (
    <System title={t('holdings.secrets')} answer={secrets}>
      {({ items }) => (
        <>
          <Text variant="body-small">{t('holdings.neverValues')}</Text>
          <DataTable
            label={t('holdings.secrets')}
            rows={items}
            keyOf={({ name }) => name}
            columns={[
              {
                label: t('holdings.name'),
                long: true,
                cell: ({ name }) => name,
              },
              {
                label: t('holdings.keys'),
                long: true,
                cell: ({ keys }) => keys.join(', '),
              },
              {
                label: t('holdings.changed'),
                cell: ({ changedAt }) =>
                  changedAt ? <RelativeTime time={changedAt} /> : '–',
              },
            ]}
          />
        </>
      )}
    </System>
  );
};
