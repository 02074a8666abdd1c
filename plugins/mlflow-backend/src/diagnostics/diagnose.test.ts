import { Cause } from './Cause';
import { diagnose } from './diagnose';
import { healthyFacts } from '../__testUtils__/facts';

const facts = healthyFacts();

const cause = (name: string, more: Partial<Cause> = {}): Cause => ({
  name,
  condition: 'Server',
  severity: 'error',
  detect: () => ({ title: name, evidence: [], remedy: '', values: {} }),
  ...more,
});

const found = (...causes: Cause[]) =>
  diagnose(facts, causes).map(finding => finding.cause);

it('tells errors before warnings, and nothing of what was not found', () => {
  expect(
    found(
      cause('risk', { severity: 'warning' }),
      cause('silent', { detect: () => undefined }),
      cause('grave'),
    ),
  ).toEqual(['grave', 'risk']);
});

it('leaves out what follows from another finding', () => {
  expect(
    found(cause('effect'), cause('reason', { hides: ['effect'] })),
  ).toEqual(['reason']);
});

it('tells a symptom only while no error explains it', () => {
  const symptom = cause('symptom', { fallback: true });
  expect(found(symptom, cause('grave'))).toEqual(['grave']);
  expect(found(symptom, cause('risk', { severity: 'warning' }))).toEqual([
    'symptom',
    'risk',
  ]);
});

it('offers the template where it would mend', () => {
  const detected = { title: '', evidence: [], remedy: '', values: {} };
  const template = 'mlflow-repair';
  expect(diagnose(facts, [cause('a', { template })])[0].template).toBe(
    template,
  );
  const [finding] = diagnose(facts, [
    cause('b', { template, detect: () => ({ ...detected, mendable: false }) }),
  ]);
  expect(Object.keys(finding)).not.toContain('template');
  expect(Object.keys(finding)).not.toContain('mendable');
});
