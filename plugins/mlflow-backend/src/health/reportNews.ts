import { HealthReport } from './HealthReport';

/** A report that is older is written anew though it says nothing new. */
const WRITE_ANEW_MS = 5 * 60_000;

/**
 * Whether a report is worth a write: it says something else than the one that is
 * written, or that one is old. What a finding cites may differ each time and is
 * no news. Pure.
 */
export function isNews(
  report: HealthReport,
  written: HealthReport | undefined,
): boolean {
  return (
    !written ||
    written.id !== report.id ||
    written.generation !== report.generation ||
    said(written) !== said(report) ||
    Date.parse(report.at) - Date.parse(written.at) > WRITE_ANEW_MS
  );
}

function said({ findings, conditions }: HealthReport): string {
  return JSON.stringify([
    findings.map(({ cause, condition, title }) => [cause, condition, title]),
    conditions.map(({ type, status, reason }) => [type, status, reason]),
  ]);
}
