import { Cause } from '../Cause';
import { known } from '../Facts';

/** The certificate of the public name is of an unknown CA, or for another name. */
export const certificateUntrusted: Cause = {
  name: 'certificate-untrusted',
  condition: 'Server',
  severity: 'error',
  detect({ server, instance, platform, now }) {
    const certificate = known(server)?.certificate;
    if (!certificate?.refused || new Date(certificate.validTo) < now) {
      return undefined;
    }
    const { host } = instance.spec;
    const otherName = certificate.refused.includes('ALTNAME');
    return {
      title: otherName
        ? `The certificate at https://${host} is for another name.`
        : `The certificate of https://${host} is not trusted.`,
      evidence: [
        {
          source: `TLS: certificate of ${host}`,
          text: `${certificate.refused}: ${certificate.subject}, by ${certificate.issuer}`,
        },
      ],
      remedy: otherName
        ? `Give the host's Ingress or its controller a certificate that names ${host}.`
        : `Have the certificate issued by the platform's CA or a public one, or put its CA into mlflow.platforms.${platform.name}.ca.`,
      values: { host, issuer: certificate.issuer },
    };
  },
};
