import { stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Flex, Skeleton, Tab, TabList, TabPanel, Tabs } from '@backstage/ui';
import { InstanceStatus } from 'backstage-plugin-mlflow-common';
import { Suspense } from 'react';
import { useSearchParams } from 'react-router-dom';
import { mlflowHealthTranslationRef } from '../../healthTranslation';
import { StaleNote } from '../MlflowCard/StaleNote';
import { useInstanceStatus } from '../MlflowCard/useInstanceStatus';
import { Remote } from '../Remote';
import { SECTION_NAMES, sectionOf, SECTIONS } from './sections';
import { TabHeadline } from './TabHeadline';
import { useChecks } from './useChecks';

const Sections = (props: { entityRef: string; status: InstanceStatus }) => {
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  const [query, setQuery] = useSearchParams();
  const selected = sectionOf(query.get('section'));
  const Section = SECTIONS[selected];
  return (
    <Tabs
      selectedKey={selected}
      onSelectionChange={key =>
        setQuery({ section: String(key) }, { replace: true })
      }
    >
      <TabList aria-label={t('tab.sections')}>
        {SECTION_NAMES.map(name => (
          <Tab key={name} id={name}>
            {t(`tab.${name}`)}
          </Tab>
        ))}
      </TabList>
      {SECTION_NAMES.map(name => (
        <TabPanel
          key={name}
          id={name}
          style={{ paddingTop: 'var(--bui-space-4)' }}
        >
          <Suspense fallback={<Skeleton width="100%" height={96} />}>
            <Section {...props} />
          </Suspense>
        </TabPanel>
      ))}
    </Tabs>
  );
};

/**
 * All about the instance that the entity on the page stands for.
 *
 * @public
 */
export const MlflowTab = () => {
  const { entity } = useEntity();
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  const entityRef = stringifyEntityRef(entity);
  const { view, refresh } = useInstanceStatus(entityRef);
  const known = view.state === 'shown';
  const checks = useChecks(known ? entityRef : undefined, refresh);
  return (
    <section aria-label={t('tab.title')}>
      <Remote view={view} retry={refresh}>
        {status => (
          <Flex direction="column" gap="4">
            <TabHeadline status={status} checks={checks} />
            <StaleNote status={status} />
            <Sections entityRef={entityRef} status={status} />
          </Flex>
        )}
      </Remote>
    </section>
  );
};
