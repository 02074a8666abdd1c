import { ConditionType, Finding } from 'backstage-plugin-mlflow-common';
import { Drift } from '../../diagnostics/Drift';
import { Facts } from '../../diagnostics/Facts';
import { Hop, ServerFacts } from '../../diagnostics/facts/serverFacts';
import { healthyFacts } from '../../__testUtils__/facts';
import { NOW } from '../../__testUtils__/instances';
import { REPORTED_TYPES, reportedConditions } from './reported';

const SAME: Drift = { differing: [], problems: [] };
const EARLIER = '2026-01-01T00:00:00.000Z';
const away = { problem: 'It does not answer.' };

const healthy = healthyFacts();

/** A look at a server that answers otherwise in some way. */
function serverWith(changes: Partial<ServerFacts>): Partial<Facts> {
  if ('problem' in healthy.server) {
    throw new Error('The fixture has a server.');
  }
  return { server: { value: { ...healthy.server.value, ...changes } } };
}

const answer = (status: number, text: string = ''): Hop => ({
  status,
  contentType: 'text/html',
  text,
});

const of = (
  changes: Partial<Facts>,
  type: ConditionType,
  drift: Drift = SAME,
  findings: Finding[] = [],
) =>
  reportedConditions({ ...healthy, ...changes, drift }, findings, []).find(
    condition => condition.type === type,
  );

describe('reportedConditions', () => {
  it('finds all well at a healthy instance', () => {
    const found = reportedConditions({ ...healthy, drift: SAME }, [], []);
    expect(found.map(({ type, status }) => [type, status])).toEqual(
      REPORTED_TYPES.map(type => [type, 'True']),
    );
    expect(found.map(({ checkedAt }) => checkedAt)).toEqual(
      REPORTED_TYPES.map(() => NOW.toISOString()),
    );
  });

  it.each<[string, ConditionType, Partial<Facts>, string, string]>([
    ['no cluster', 'Secrets', { cluster: away }, 'Unknown', 'NotAnswered'],
    ['no database', 'Database', { databases: away }, 'Unknown', 'NotAnswered'],
    ['no store', 'Bucket', { store: away }, 'Unknown', 'NotAnswered'],
    ['no Keycloak', 'Identity', { identity: away }, 'Unknown', 'NotAnswered'],
    ['no server', 'Login', { server: away }, 'Unknown', 'NotAnswered'],
    [
      'a server that is not ready',
      'Login',
      serverWith({ ready: answer(503) }),
      'False',
      'ServerNotReady',
    ],
    [
      'a server that is not ready',
      'Artifacts',
      serverWith({ ready: answer(503), artifacts: answer(401) }),
      'Unknown',
      'ServerNotReady',
    ],
    [
      'no pod',
      'Login',
      serverWith({ ready: undefined }),
      'Unknown',
      'ServerNotAsked',
    ],
    [
      'a login that does not begin',
      'Login',
      serverWith({ login: answer(500), loginPage: undefined }),
      'False',
      'NotBegun',
    ],
    [
      'a login page that is refused',
      'Login',
      serverWith({ loginPage: answer(400) }),
      'False',
      'PageRefused',
    ],
    [
      'a login that is late',
      'Login',
      serverWith({ login: { failure: 'late', timedOut: true } }),
      'Unknown',
      'NotAnswered',
    ],
    [
      'a host that refuses',
      'Login',
      serverWith({ login: { failure: 'refused' } }),
      'False',
      'NotReachable',
    ],
    [
      'a listing that fails',
      'Artifacts',
      serverWith({ artifacts: answer(500) }),
      'False',
      'NotListed',
    ],
    [
      'a page of login instead of artifacts',
      'Artifacts',
      serverWith({ artifacts: answer(200) }),
      'False',
      'NotListed',
    ],
    [
      'metrics that are missing',
      'Metrics',
      serverWith({ metrics: answer(404) }),
      'False',
      'NotExposed',
    ],
  ])('judges %s: %s', (_, type, changes, status, reason) => {
    expect(of(changes, type)).toMatchObject({ status, reason });
  });

  it('needs no metrics that nobody asked for', () => {
    const { instance } = healthy;
    const spec = { ...instance.spec, metrics: false };
    const changes = {
      ...serverWith({ metrics: undefined }),
      instance: { ...instance, spec },
    };
    expect(of(changes, 'Metrics')).toMatchObject({
      status: 'True',
      reason: 'NotWanted',
    });
  });

  it('names some of what differs', () => {
    const differing = ['a', 'b', 'c', 'd', 'e'];
    expect(of({}, 'Drift', { differing, problems: ['p'] })).toMatchObject({
      status: 'False',
      message: 'a; b; c and 2 more. A repair sets it right.',
    });
    expect(of({}, 'Drift', { differing: [], problems: ['p'] })).toMatchObject({
      status: 'Unknown',
      message: 'p',
    });
  });

  it('believes an error that was found, and no warning', () => {
    const finding: Finding = {
      cause: 'groups-scope-missing',
      condition: 'Login',
      severity: 'error',
      title: 'It lacks a scope.',
      evidence: [],
      remedy: 'Add it.',
      values: {},
    };
    expect(of({}, 'Login', SAME, [finding])).toMatchObject({
      status: 'False',
      reason: 'GroupsScopeMissing',
      message: 'It lacks a scope. Add it.',
    });
    const warning: Finding = { ...finding, severity: 'warning' };
    expect(of({}, 'Login', SAME, [warning])?.status).toBe('True');
  });

  it('keeps since when it is so', () => {
    const before = reportedConditions(
      { ...healthy, now: new Date(EARLIER), drift: SAME },
      [],
      [],
    );
    const now = reportedConditions(
      { ...healthy, ...serverWith({ loginPage: answer(400) }), drift: SAME },
      [],
      before,
    );
    const since = (type: ConditionType) =>
      now.find(condition => condition.type === type)?.since;
    expect(since('Database')).toBe(EARLIER);
    expect(since('Login')).toBe(NOW.toISOString());
  });
});
