import { NODE_IP, PORTS } from './addresses.ts';

/** What a user of the API server shows. */
export type KubeCredentials =
  | { certificate: Buffer; key: Buffer }
  | { token: string };

/** A kubeconfig with everything inside; JSON is YAML too. */
export function kubeconfig(
  user: string,
  ca: Buffer,
  credentials: KubeCredentials,
): string {
  return JSON.stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'sandbox',
      clusters: [
        {
          name: 'sandbox',
          cluster: {
            server: `https://${NODE_IP}:${PORTS.kubernetes}`,
            'certificate-authority-data': ca.toString('base64'),
          },
        },
      ],
      users: [
        {
          name: user,
          user:
            'token' in credentials
              ? credentials
              : {
                  'client-certificate-data':
                    credentials.certificate.toString('base64'),
                  'client-key-data': credentials.key.toString('base64'),
                },
        },
      ],
      contexts: [{ name: 'sandbox', context: { cluster: 'sandbox', user } }],
    },
    null,
    2,
  );
}
