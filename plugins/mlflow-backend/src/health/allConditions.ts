import {
  CONDITION_TYPES,
  ConditionType,
  Finding,
  InstanceCondition,
} from 'backstage-plugin-mlflow-common';
import { Release } from '../releases/Release';
import { ObservedInstance } from '../watch/ObservedInstance';
import { ageOf } from './ageOf';
import { broken, Judgement, unknown } from './conditions/Judgement';
import { judgeMigration } from './conditions/migration';
import { Verdict } from './conditions/provisioned';
import { judgeRelease } from './conditions/release';
import { judgeServer } from './conditions/server';
import { judgeVersion } from './conditions/version';
import { DeploymentState } from './deploymentState';
import { HealthReport } from './HealthReport';

/** Older than this, what was seen is told with its age, in milliseconds. */
const OLD_MS = 15 * 60_000;

/** The server of an instance whose run has not come that far. */
const NOT_YET: DeploymentState = {
  phase: 'Progressing',
  reason: 'NotYetMade',
  message: 'The server is not made yet.',
  available: false,
  upToDate: false,
};

const NEVER = unknown('NotLookedAt', 'Nobody has looked yet.');

/** What the conditions follow from. */
export interface Seen {
  observed: ObservedInstance;
  provisioned: Verdict;
  server: DeploymentState;
  release: Release;
  /** That is current. */
  report?: HealthReport;
  /** That stand. */
  findings: Finding[];
}

/** All conditions of an instance, in the order of the types. Pure. */
export function allConditions(seen: Seen, now: Date): InstanceCondition[] {
  const { observed, provisioned, release, report, findings } = seen;
  const { record, deployment, jobs } = observed;
  const notYet = !deployment && provisioned.phase === 'Progressing';
  const server = notYet ? NOT_YET : seen.server;
  const live: Partial<Record<ConditionType, Judgement>> = {
    Provisioned: {
      status: provisioned.phase === 'Ready' ? 'True' : 'False',
      reason: provisioned.reason,
      message: provisioned.message,
    },
    Migration: judgeMigration(jobs, server.available),
    Release: judgeRelease(server),
    Server: judgeServer(server),
    Version: judgeVersion(release),
  };
  const since: Partial<Record<ConditionType, string>> = {
    Provisioned: record.run.finishedAt ?? record.changedAt,
    Server: server.since,
  };
  return CONDITION_TYPES.map(type => {
    const judged = live[type];
    if (!judged) {
      return reported(type, report, now);
    }
    const finding = findings.find(
      found => found.condition === type && found.severity === 'error',
    );
    const at = since[type];
    return {
      type,
      ...(finding ? broken(finding) : judged),
      ...(at && { since: at }),
    };
  });
}

function reported(
  type: ConditionType,
  report: HealthReport | undefined,
  now: Date,
): InstanceCondition {
  const found = report?.conditions.find(condition => condition.type === type);
  if (!report || !found) {
    return { type, ...NEVER };
  }
  const age = now.getTime() - Date.parse(report.at);
  return age > OLD_MS
    ? { ...found, message: `${found.message} Seen ${ageOf(age)} ago.` }
    : { ...found, checkedAt: report.at };
}
