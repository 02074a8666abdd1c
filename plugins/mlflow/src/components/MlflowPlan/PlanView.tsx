import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Accordion,
  AccordionGroup,
  AccordionPanel,
  AccordionTrigger,
  Flex,
  Text,
} from '@backstage/ui';
import {
  InstancePlan,
  PlanAction,
  PlanChange,
} from 'backstage-plugin-mlflow-common';
import { mlflowFormTranslationRef } from '../../formTranslation';
import { ChangeList } from './ChangeList';
import { PlanGroup, planGroups } from './planGroups';
import { Sentences } from './Sentences';

const SHOWN: PlanAction[] = ['conflict', 'create', 'update', 'keep'];

const sentence = ({ system, object, detail }: PlanChange) =>
  `${system}: ${object}${detail ? `: ${detail}` : ''}`;

/** For example `3 to create · 1 stays as it is`. */
function useCounts() {
  const { t } = useTranslationRef(mlflowFormTranslationRef);
  return (counts: PlanGroup['counts']) =>
    SHOWN.filter(action => counts[action] > 0)
      .map(action => t(`plan.count.${action}`, { count: counts[action] }))
      .join(' · ');
}

const Group = ({ group }: { group: PlanGroup }) => {
  const countsOf = useCounts();
  return (
    <Accordion id={group.system}>
      {/* Its own subtitle is too pale for small text in the dark theme. */}
      <AccordionTrigger>
        <Flex align="baseline" gap="2">
          <Text weight="bold">{group.system}</Text>
          <Text variant="body-small">{countsOf(group.counts)}</Text>
        </Flex>
      </AccordionTrigger>
      <AccordionPanel>
        <ChangeList changes={group.changes} />
      </AccordionPanel>
    </Accordion>
  );
};

function useHeadline({ exists, conflicts, counts }: InstancePlan): string {
  const { t } = useTranslationRef(mlflowFormTranslationRef);
  if (conflicts.length > 0) {
    return t('plan.blocked');
  }
  if (!exists) {
    return t('plan.creates');
  }
  return counts.create + counts.update > 0
    ? t('plan.continues')
    : t('plan.unchanged');
}

/** A plan as a person reads it: what is in the way first, details folded. */
export const PlanView = ({ plan }: { plan: InstancePlan }) => {
  const { t } = useTranslationRef(mlflowFormTranslationRef);
  const countsOf = useCounts();
  const headline = useHeadline(plan);
  const problems = plan.steps.flatMap(({ problem }) => problem ?? []);
  const destructive = plan.steps
    .flatMap(({ changes }) => changes)
    .filter(change => change.destructive);
  return (
    <Flex direction="column" gap="4">
      <Sentences
        status="danger"
        title={t('plan.conflicts')}
        sentences={plan.conflicts.map(sentence)}
        remedy={t('plan.remedy')}
      />
      <div role="status">
        <Flex direction="column" gap="1">
          <Text weight="bold">{headline}</Text>
          <Text variant="body-small">{countsOf(plan.counts)}</Text>
        </Flex>
      </div>
      <Sentences
        status="warning"
        title={t('plan.destructive')}
        sentences={destructive.map(sentence)}
      />
      <Sentences
        status="warning"
        title={t('plan.problems')}
        sentences={[...new Set(problems)]}
      />
      <Sentences
        status="info"
        title={t('plan.warnings')}
        sentences={plan.warnings}
      />
      <AccordionGroup
        key={plan.digest}
        allowsMultiple
        defaultExpandedKeys={plan.conflicts.map(({ system }) => system)}
      >
        {planGroups(plan).map(group => (
          <Group key={group.system} group={group} />
        ))}
      </AccordionGroup>
    </Flex>
  );
};
