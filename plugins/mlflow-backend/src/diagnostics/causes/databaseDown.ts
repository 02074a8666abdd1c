import { Evidence } from 'backstage-plugin-mlflow-common';
import { Cause, Detected } from '../Cause';
import { Facts, known } from '../Facts';
import { answered } from '../facts/serverFacts';
import { linesOf, linesOfUnready, settingEvidence } from '../podStates';

/** How the server says in its log that PostgreSQL is out of its reach. */
const NO_WAY =
  /connection to server at .* failed: (?!FATAL)|could not translate host name|server closed the connection unexpectedly|could not connect to server/;

/** PostgreSQL does not answer, or not the server. */
export const databaseDown: Cause = {
  name: 'database-down',
  condition: 'Database',
  severity: 'error',
  template: 'mlflow-repair',
  hides: ['settings-changed'],
  detect: facts => silence(facts) ?? unreachableForServer(facts),
};

/** PostgreSQL answers nobody. */
function silence({ databases, platform }: Facts): Detected | undefined {
  const { host, port } = platform.postgres;
  const at = `${host}:${port}`;
  const said = saidBy(databases);
  return said === undefined
    ? undefined
    : {
        title: `PostgreSQL at ${at} does not answer.`,
        evidence: [{ source: `PostgreSQL: ${at}`, text: said }],
        remedy:
          'See that PostgreSQL is up, and that nothing lies between it and the cluster. The server comes back by itself.',
        values: { address: at },
        mendable: false,
      };
}

function saidBy(databases: Facts['databases']): string | undefined {
  if ('problem' in databases) {
    return /^PostgreSQL: no answer/.test(databases.problem)
      ? databases.problem
      : undefined;
  }
  const { tracking, auth } = databases.value;
  for (const { login } of [tracking, auth]) {
    if (!login.ok && login.kind === 'unreachable') {
      return login.message;
    }
  }
  return undefined;
}

/** The portal is let in where the server does not get through. */
function unreachableForServer(facts: Facts): Detected | undefined {
  const found = known(facts.databases);
  if (!found?.tracking.login.ok || !found.auth.login.ok) {
    return undefined;
  }
  const evidence = evidenceOf(facts);
  if (evidence.length === 0) {
    return undefined;
  }
  const { postgres } = facts.platform;
  const wanted = postgres.inCluster?.host ?? postgres.host;
  const told = known(facts.cluster)?.settings.plain.PGHOST ?? wanted;
  const changed = told !== wanted;
  return {
    title: `The server does not reach PostgreSQL at ${told}.`,
    evidence: [
      ...(changed ? [settingEvidence(facts, 'PGHOST', told)] : []),
      ...evidence,
    ],
    remedy: changed
      ? `Set PGHOST to ${wanted}; the repair does it.`
      : `See that pods of namespace ${facts.instance.names.namespace} reach ${wanted}: address, DNS, network policies.`,
    values: { address: told },
    mendable: changed,
  };
}

function evidenceOf(facts: Facts): Evidence[] {
  const lines = linesOfUnready(facts, NO_WAY);
  if (lines.length > 0) {
    return lines;
  }
  const ready = answered(known(facts.server)?.ready);
  return ready?.status === 503 && /"database":\s*false/.test(ready.text)
    ? [
        { source: 'MLflow: readiness', text: ready.text },
        ...linesOf(facts, NO_WAY),
      ]
    : [];
}
