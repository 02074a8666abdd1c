import { Release } from '../../releases/Release';
import { bad, good, Judgement } from './Judgement';

/** Below these, people who are not trusted find open doors. */
const FLOOR = { mlflow: '3.16.1', oidcAuth: '7.20.4' } as const;

/** Whether the versions are those that may face people. */
export function judgeVersion({
  mlflow,
  oidcAuth,
  warning,
}: Pick<Release, 'mlflow' | 'oidcAuth' | 'warning'>): Judgement {
  if (isBelow(mlflow, FLOOR.mlflow) || isBelow(oidcAuth, FLOOR.oidcAuth)) {
    return bad(
      'BelowFloor',
      warning ??
        `MLflow ${mlflow} and mlflow-oidc-auth ${oidcAuth} have known holes. Move to MLflow ${FLOOR.mlflow} and mlflow-oidc-auth ${FLOOR.oidcAuth} at least.`,
    );
  }
  return good(
    'AboveFloor',
    `MLflow ${mlflow}, mlflow-oidc-auth ${oidcAuth}: no holes are known.`,
  );
}

/** Compares versions of numbers alone. */
export function isBelow(version: string, floor: string): boolean {
  const one = version.split('.').map(Number);
  const other = floor.split('.').map(Number);
  const at = other.findIndex((number, index) => one[index] !== number);
  return at >= 0 && (one[at] ?? 0) < other[at];
}
