/** The words of links and card. */
export const messages = {
  links: {
    mlflow: 'MLflow',
    permissions: 'Permissions',
    newTab: ', opens in a new tab',
  },
  card: {
    title: 'MLflow',
    loading: 'Loading the status of MLflow',
    phase: {
      Ready: 'Ready',
      Progressing: 'In progress',
      Degraded: 'Degraded',
      Failed: 'Failed',
      Unknown: 'Unknown',
    },
    reason: 'Reason: {{reason}}',
    conditions: 'What is wrong',
    versions: 'Version',
    versionsValue:
      'MLflow {{mlflow}}, mlflow-oidc-auth {{oidcAuth}} (line {{line}})',
    warning: 'This version has known security holes',
    replicas: 'Replicas',
    replicasValue: '{{ready}} of {{wanted}} ready',
    owner: 'Owner',
    platform: 'Platform',
    portalAccess: 'Access of the portal',
    changed: 'Last change',
    openMlflow: 'Open MLflow',
    openPermissions: 'Permissions',
    openTask: 'Show the task',
    resume: 'Continue',
    undo: 'Undo',
    retry: 'Try again',
    missing: {
      title: 'No such instance',
      description:
        'This entity stands for an MLflow instance that no platform of this portal knows. It may have been removed, or its annotation mlflow.org/instance names another one.',
    },
    forbidden: {
      title: 'No permission',
      description:
        'You may not see the status of this instance. Ask its owner or a platform admin.',
    },
    unreachable: {
      title: 'The status is not known',
      description:
        'The portal could not ask for it. The instance itself may be well.',
    },
    outdated: 'Could not be refreshed; this is as of {{time}}.',
    stale:
      'The cluster was last heard of at {{time}}; what is shown is of then.',
    more_one: 'and {{count}} more finding',
    more_other: 'and {{count}} more findings',
    openTab: 'Show all about it',
  },
} as const;
