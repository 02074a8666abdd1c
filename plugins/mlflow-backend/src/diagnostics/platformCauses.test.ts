import {
  healthy,
  Change,
  line36,
  logging,
} from '../__testUtils__/platformCases/changes';
import { DATABASES_CASES } from '../__testUtils__/platformCases/databases';
import { STORE_CASES } from '../__testUtils__/platformCases/store';
import { SECRETS_CASES } from '../__testUtils__/platformCases/secrets';
import { WORKLOAD_CASES } from '../__testUtils__/platformCases/workload';
import { SETTINGS_CASES } from '../__testUtils__/platformCases/settings';
import { REACH_CASES } from '../__testUtils__/platformCases/reach';
import { diagnose } from './diagnose';
import { Facts } from './Facts';
import { PLATFORM_CAUSES } from './platformCauses';

const cases = [
  ...DATABASES_CASES,
  ...STORE_CASES,
  ...SECRETS_CASES,
  ...WORKLOAD_CASES,
  ...SETTINGS_CASES,
  ...REACH_CASES,
];

const find = (base: Facts, changes: Change[]) =>
  diagnose(Object.assign({}, base, ...changes), PLATFORM_CAUSES);

it('finds nothing at a healthy instance, nor where nobody could be asked', () => {
  expect(find(healthy, [])).toEqual([]);
  const problem = { problem: 'No answer.' };
  expect(
    find(healthy, [
      {
        cluster: problem,
        server: problem,
        databases: problem,
        store: problem,
        identity: problem,
      },
    ]),
  ).toEqual([]);
});

it('finds on line 3.6 what stands there always, and nothing else', () => {
  expect(find(line36, [])).toMatchObject([
    { cause: 'version-below-floor', severity: 'warning' },
  ]);
});

it('forgets what a server that serves now logged once', () => {
  const old =
    'psycopg2.OperationalError: connection to server at "x", port 5432 failed: Connection refused';
  expect(find(healthy, [logging(old)])).toEqual([]);
});

describe.each(cases)('$cause: $title', found => {
  const { cause, facts, old, title, evidence, repair } = found;
  const findings = find(old ? line36 : healthy, facts).filter(
    other => !old || other.cause !== 'version-below-floor',
  );

  it('is found, alone', () => {
    expect(findings.map(other => other.cause)).toEqual([cause]);
  });

  it('says what, why and what to do', () => {
    const [{ title: said, evidence: shown, remedy, template }] = findings;
    expect(said).toMatch(title);
    expect(shown.map(({ text }) => text).join('\n')).toMatch(evidence);
    expect(shown.every(({ source, text }) => source && text)).toBe(true);
    expect(remedy).toMatch(/\.$/);
    expect(template).toBe(repair ? 'mlflow-repair' : undefined);
  });
});

it('has a case for every cause', () => {
  const tried = new Set([
    ...cases.map(({ cause }) => cause),
    'version-below-floor',
  ]);
  expect(PLATFORM_CAUSES.map(({ name }) => name).sort()).toEqual(
    [...tried].sort(),
  );
});
