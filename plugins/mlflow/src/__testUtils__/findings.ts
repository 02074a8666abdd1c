import { Finding } from 'backstage-plugin-mlflow-common';

/** A finding with a translation and a template. */
export const redirectFinding: Finding = {
  cause: 'redirect-uri-mismatch',
  condition: 'Login',
  severity: 'error',
  title: 'Keycloak does not send people back.',
  evidence: [
    { source: 'Keycloak: client mlflow-demo, redirect URIs', text: 'none' },
  ],
  remedy: 'Add the address to the redirect URIs.',
  template: 'mlflow-repair',
  values: { client: 'mlflow-demo', uri: 'https://demo.example.com/callback' },
};

/** A finding that this plugin has no words for. */
export const newFinding: Finding = {
  cause: 'found-by-a-newer-backend',
  condition: 'Bucket',
  severity: 'warning',
  title: 'The bucket is nearly full.',
  evidence: [],
  remedy: 'Delete what nobody needs.',
  values: {},
};
