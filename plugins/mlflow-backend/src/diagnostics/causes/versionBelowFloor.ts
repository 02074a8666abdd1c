import { judgeVersion } from '../../health/conditions/version';
import { Cause } from '../Cause';

/** The version line has holes that are known. */
export const versionBelowFloor: Cause = {
  name: 'version-below-floor',
  condition: 'Version',
  severity: 'warning',
  detect({ instance: { release } }) {
    const { status, message } = judgeVersion(release);
    return status === 'False'
      ? {
          title: `Line ${release.line} has known security holes.`,
          evidence: [
            {
              source: 'MLflow: versions',
              text: `MLflow ${release.mlflow}, mlflow-oidc-auth ${release.oidcAuth}`,
            },
          ],
          remedy: message,
          values: {
            line: release.line,
            mlflow: release.mlflow,
            oidcAuth: release.oidcAuth,
          },
        }
      : undefined;
  },
};
