import { Facts } from './Facts';

/** Who renews the certificate of the public name. */
export function certificateRemedy({ platform, instance }: Facts): string {
  const { tlsSecret } = platform.ingress;
  return tlsSecret
    ? `Renew the certificate in Secret ${instance.names.namespace}/${tlsSecret}.`
    : "Renew the certificate of the ingress controller, or take away the Secret that the host's Ingress names instead.";
}
