/** Label with the name of the instance that an object belongs to. */
export const INSTANCE_LABEL = 'mlflow.org/instance';

/** Label of everything in Kubernetes that the plugin made. */
export const MANAGED_BY_LABEL = 'app.kubernetes.io/managed-by';

/** Value of {@link MANAGED_BY_LABEL}. */
export const MANAGER = 'backstage-mlflow';
