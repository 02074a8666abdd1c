import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Alert } from '@backstage/ui';
import { InstancePlan } from 'backstage-plugin-mlflow-common';
import { useEffect, useRef } from 'react';
import { PlanView } from '../../components/MlflowPlan';
import { mlflowFormTranslationRef } from '../../formTranslation';
import { LoadFailed } from '../common';
import { planInput } from './planInput';
import { PlanState, usePlan } from './usePlan';

/** The answer while there is no plan; the form's own check runs on it too. */
const NONE = '';

/** Whether a run can be started on the plan. */
const isClear = ({ conflicts, steps }: InstancePlan) =>
  conflicts.length === 0 &&
  !steps.some(({ step, problem }) => step === 'claim' && problem);

/**
 * Keeps the answer of the field equal to what it ought to be.
 *
 * @param onChange - may be a new one each time, as the form's is
 */
function useAnswer(
  given: string | undefined,
  wanted: string,
  onChange: (value: string) => void,
) {
  const answer = useRef(onChange);
  useEffect(() => {
    answer.current = onChange;
  });
  useEffect(() => {
    if (given !== wanted) {
      answer.current(wanted);
    }
  }, [given, wanted]);
}

const Refused = (props: { title: string; error: Error }) => (
  <Alert
    role="alert"
    status="danger"
    icon
    title={props.title}
    description={props.error.message}
  />
);

const Outcome = (props: { current: PlanState; retry: () => void }) => {
  const { current, retry } = props;
  const { t } = useTranslationRef(mlflowFormTranslationRef);
  switch (current.state) {
    case 'incomplete':
      return (
        <Alert
          role="status"
          status="info"
          title={t('fields.plan.incomplete')}
        />
      );
    case 'asking':
      return (
        <Alert
          role="status"
          status="info"
          isPending
          title={t('fields.plan.asking')}
          description={t('fields.plan.askingWhat')}
        />
      );
    case 'planned':
      return <PlanView plan={current.plan} />;
    default:
      break;
  }
  const { error } = current;
  switch (error.name) {
    case 'NotAllowedError':
      return <Refused title={t('fields.plan.forbidden')} error={error} />;
    case 'InputError':
      return <Refused title={t('fields.plan.invalid')} error={error} />;
    default:
      return (
        <LoadFailed
          title={t('fields.plan.failed')}
          error={error}
          retry={retry}
        />
      );
  }
};

/**
 * Shows what a run with the answers so far would do. Its own answer is the
 * plan's digest, and an empty one while something is in the way. It belongs on a
 * page of its own: two fields that answer at once undo each other's answers.
 */
export const MlflowPlan = (props: FieldExtensionComponentProps<string>) => {
  const { formData, onChange, formContext, schema, idSchema } = props;
  const { t } = useTranslationRef(mlflowFormTranslationRef);
  const { current, retry } = usePlan(planInput(formContext?.formData));
  const plan = current.state === 'planned' ? current.plan : undefined;
  useAnswer(formData, plan && isClear(plan) ? plan.digest : NONE, onChange);
  return (
    <section
      id={idSchema.$id}
      aria-label={schema.title ?? t('fields.plan.title')}
    >
      <Outcome current={current} retry={retry} />
    </section>
  );
};
