import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '@internal/mlflow-sandbox/src/errors.ts';
import { check, summary } from './check.ts';
import type { Checked, Finding } from './check.ts';
import type { Outcome } from './Outcomes.ts';
import type { Patient } from './Patient.ts';
import type { Provocation } from './Provocation.ts';

/** As often as an open page would ask, and more. */
const PAUSE_MS = 2_000;
/** Within this time of its effect the cause must be named. */
const NAMED_MS = 30_000;
/** The longest way back to Ready: a server starts anew, on a busy machine. */
const WELL_MS = 240_000;

/** What every instance of a line has, well as it may be. */
const STANDING: Record<Patient['line'], string[]> = {
  '3.17': [],
  '3.6': ['version-below-floor'],
};

/** Tries one cause on an instance that is well, and leaves it well. */
export async function tryProvocation(
  patient: Patient,
  provocation: Provocation,
): Promise<Outcome> {
  const { cause, standing } = provocation;
  const faults: string[] = [];
  let found: Awaited<ReturnType<typeof waitForCause>> | undefined;
  let mended = 0;
  try {
    await waitUntilWell(patient);
    await provocation.provoke(patient);
    found = await waitForCause(patient, cause);
    faults.push(...faultsOf(found, patient, cause));
  } catch (error) {
    faults.push(`provoking: ${messageOf(error)}`);
  }
  const begin = performance.now();
  try {
    await patient.mend();
    if (!standing) await waitUntilWell(patient);
    mended = since(begin);
  } catch (error) {
    faults.push(`mending: ${messageOf(error)}`);
  }
  return {
    passed: faults.length === 0,
    seconds: { named: found?.seconds ?? 0, mended },
    evidence: (found?.finding?.evidence ?? []).map(
      ({ source, text }) => `${source}: ${text}`,
    ),
    faults,
    instance: patient.name,
    at: new Date().toISOString(),
  };
}

/** Asks until the cause is named alone, or time is up. */
async function waitForCause(
  patient: Patient,
  cause: string,
): Promise<{ seconds: number; finding?: Finding; last: Checked }> {
  const begin = performance.now();
  for (;;) {
    const last = await check(patient);
    const finding = last.findings.find(found => found.cause === cause);
    const seconds = since(begin);
    const alone = finding && others(last, patient, cause).length === 0;
    if (alone || performance.now() - begin > NAMED_MS) {
      return { seconds, finding, last };
    }
    await sleep(PAUSE_MS);
  }
}

function others({ findings }: Checked, { line }: Patient, cause: string) {
  return findings.filter(
    found =>
      found.cause !== cause &&
      found.severity === 'error' &&
      !STANDING[line].includes(found.cause),
  );
}

function faultsOf(
  { finding, last }: { finding?: Finding; last: Checked },
  patient: Patient,
  cause: string,
): string[] {
  if (!finding) {
    return [
      `${cause} was not named within ${NAMED_MS / 1000} s: ${summary(last)}`,
    ];
  }
  return [
    ...others(last, patient, cause).map(
      other => `${other.cause} was named too: ${other.title}`,
    ),
    ...(finding.evidence.length > 0 ? [] : ['no evidence']),
    ...(finding.remedy ? [] : ['no remedy']),
  ];
}

/** @throws Error with what still ails the instance, when that lasts */
export async function waitUntilWell(patient: Patient): Promise<void> {
  for (const end = Date.now() + WELL_MS; ; await sleep(PAUSE_MS)) {
    patient.context.signal.throwIfAborted();
    const state = await check(patient);
    const ails = state.findings.filter(
      ({ cause }) => !STANDING[patient.line].includes(cause),
    );
    if (state.phase === 'Ready' && ails.length === 0) return;
    if (Date.now() > end) {
      throw new Error(
        `not well after ${WELL_MS / 1000} s: ${summary(state)} ${
          state.message
        }`,
      );
    }
  }
}

function since(begin: number): number {
  return Math.round((performance.now() - begin) / 100) / 10;
}
