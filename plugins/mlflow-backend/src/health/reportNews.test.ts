import { Finding } from 'backstage-plugin-mlflow-common';
import { NOW } from '../__testUtils__/instances';
import { HealthReport } from './HealthReport';
import { isNews } from './reportNews';

const finding: Finding = {
  cause: 'out-of-memory',
  condition: 'Server',
  severity: 'error',
  title: 'It needs more memory.',
  evidence: [{ source: 'Kubernetes', text: '3 restarts' }],
  remedy: 'Choose a larger size.',
  values: {},
};

const written: HealthReport = {
  id: 'i',
  generation: 1,
  at: NOW.toISOString(),
  findings: [finding],
  conditions: [
    { type: 'Login', status: 'True', reason: 'PageShown', message: 'm' },
  ],
};

const later = (minutes: number) =>
  new Date(NOW.getTime() + minutes * 60_000).toISOString();

it.each<[string, Partial<HealthReport>, boolean]>([
  ['the same a minute later', { at: later(1) }, false],
  ['the same six minutes later', { at: later(6) }, true],
  ['another cause', { findings: [] }, true],
  [
    'the same cause with other evidence',
    { findings: [{ ...finding, evidence: [] }] },
    false,
  ],
  [
    'another condition',
    { conditions: [{ ...written.conditions[0], status: 'False' }] },
    true,
  ],
  [
    'the same condition in other words',
    { conditions: [{ ...written.conditions[0], message: 'n' }] },
    false,
  ],
  ['another instance', { id: 'j' }, true],
  ['other settings', { generation: 2 }, true],
])('is news or not: %s', (_, changes, news) => {
  expect(isNews({ ...written, ...changes }, written)).toBe(news);
});

it('is news when nothing was written', () => {
  expect(isNews(written, undefined)).toBe(true);
});
