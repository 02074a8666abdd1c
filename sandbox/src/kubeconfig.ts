import { NODE_IP, PORTS } from './addresses.ts';

/** A kubeconfig with everything inside; JSON is YAML too. */
export function kubeconfig(
  user: string,
  ca: Buffer,
  certificate: Buffer,
  key: Buffer,
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
          user: {
            'client-certificate-data': certificate.toString('base64'),
            'client-key-data': key.toString('base64'),
          },
        },
      ],
      contexts: [{ name: 'sandbox', context: { cluster: 'sandbox', user } }],
    },
    null,
    2,
  );
}
