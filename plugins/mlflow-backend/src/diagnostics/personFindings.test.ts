import { healthyFacts } from '../__testUtils__/facts';
import { PersonFacts } from './facts/personFacts';
import { loginCheck } from './loginCheck';

const { instance } = healthyFacts();
const USER = 'owner@example.com';

const member: PersonFacts = {
  enabled: true,
  locked: false,
  missing: [],
  requiredActions: [],
  groups: ['/mlflow-churn-users'],
};

const check = (changes: Partial<PersonFacts> = {}) =>
  loginCheck(instance, USER, { ...member, ...changes }, []);

it('lets in who is a member, and an administrator as such', () => {
  expect(check()).toEqual({
    user: USER,
    allowed: true,
    admin: false,
    findings: [],
  });
  expect(check({ groups: ['/mlflow-churn-admins'] })).toMatchObject({
    allowed: true,
    admin: true,
  });
});

it.each<{
  cause: string;
  changes: Partial<PersonFacts>;
  allowed?: boolean;
  admin?: boolean;
  title: string;
}>([
  {
    cause: 'login-user-disabled',
    changes: { enabled: false, locked: true },
    title: 'is disabled',
  },
  {
    cause: 'login-user-locked',
    changes: { locked: true, groups: ['/mlflow-churn-admins'] },
    title: 'locked',
  },
  {
    cause: 'login-profile-incomplete',
    changes: { missing: ['email', 'lastName'] },
    title: 'lacks email, lastName',
  },
  {
    cause: 'login-not-in-group',
    changes: { groups: [] },
    title: 'mlflow-churn-users and mlflow-churn-admins',
  },
  {
    cause: 'login-by-homonym',
    changes: { groups: ['/team/mlflow-churn-admins'] },
    allowed: true,
    admin: true,
    title: 'only by /team/mlflow-churn-admins',
  },
  {
    cause: 'login-actions-pending',
    changes: { requiredActions: ['UPDATE_PASSWORD'] },
    allowed: true,
    title: 'UPDATE_PASSWORD',
  },
])('$cause', ({ cause, changes, allowed = false, admin = false, title }) => {
  const answer = check(changes);
  expect(answer).toMatchObject({ allowed, admin });
  expect(answer.findings.map(finding => finding.cause)).toEqual([cause]);
  const [{ evidence, remedy, title: told }] = answer.findings;
  expect(told).toContain(title);
  expect(evidence).toHaveLength(1);
  expect(remedy).toMatch(/^[A-Z].*\.$/);
});

it('knows nobody of a name, and repeats a hostile one harmlessly', () => {
  const { findings, allowed } = loginCheck(
    instance,
    `x\u202e${'y'.repeat(300)}`,
    undefined,
    [],
  );
  expect(allowed).toBe(false);
  expect(findings).toMatchObject([{ cause: 'login-no-such-user' }]);
  expect(findings[0].title).not.toContain('\u202e');
  expect(findings[0].title.length).toBeLessThan(100);
});

it('says who lets people in', () => {
  const { remedy } = check({ groups: [] }).findings[0];
  expect(remedy).toContain('group:default/team-a');
  expect(remedy).toContain('repair');
});

it('lets nobody in while everybody is kept out', () => {
  const finding = {
    cause: 'client-disabled',
    condition: 'Identity' as const,
    severity: 'error' as const,
    title: 'Disabled.',
    evidence: [],
    remedy: 'Enable it.',
    values: {},
  };
  const admin = { ...member, groups: ['/mlflow-churn-admins'] };
  expect(loginCheck(instance, USER, admin, [finding])).toMatchObject({
    allowed: false,
    admin: false,
    findings: [finding],
  });
});
