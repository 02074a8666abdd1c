import { http } from '@internal/mlflow-sandbox/src/http.ts';
import type { Patient } from './Patient.ts';

/** The longest look: a system that is down is waited for, for ten seconds. */
const LOOK_MS = 30_000;

/** What the portal finds wrong. */
export interface Finding {
  cause: string;
  severity: 'error' | 'warning';
  title: string;
  evidence: { source: string; text: string }[];
  remedy: string;
}

/** What the portal says of an instance after a look at it. */
export interface Checked {
  phase: string;
  reason: string;
  message: string;
  findings: Finding[];
}

/** Has the portal look now, as `check now` on the page does. */
export async function check(patient: Patient): Promise<Checked> {
  const { api, token } = await patient.user();
  const answer = await http({
    method: 'POST',
    url: `${api}/api/mlflow/v1/entity/default/component/${patient.entity}/check?maxAge=0`,
    headers: { authorization: `Bearer ${token}` },
    timeoutMs: LOOK_MS,
  });
  if (answer.status !== 200) {
    const said = JSON.parse(answer.body.toString() || '{}').error?.message;
    throw new Error(`check answers ${answer.status}: ${said}`);
  }
  return JSON.parse(answer.body.toString());
}

/** Findings in one line, for people. */
export function summary({ phase, reason, findings }: Checked): string {
  const found = findings.map(
    ({ cause, severity, title }) => `${cause} (${severity}: ${title})`,
  );
  return `${phase}/${reason}; ${found.join(', ') || 'no findings'}`;
}
