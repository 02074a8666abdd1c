import { Cause } from '../Cause';
import { certificateRemedy } from '../certificateRemedy';
import { known } from '../Facts';

/** Browsers and clients refuse the public name, since its certificate is over. */
export const certificateExpired: Cause = {
  name: 'certificate-expired',
  condition: 'Server',
  severity: 'error',
  detect(facts) {
    const certificate = known(facts.server)?.certificate;
    if (!certificate || new Date(certificate.validTo) >= facts.now) {
      return undefined;
    }
    const { host } = facts.instance.spec;
    return {
      title: `The certificate of https://${host} has expired.`,
      evidence: [
        {
          source: `TLS: certificate of ${host}`,
          text: `${certificate.subject}, by ${certificate.issuer}, was valid until ${certificate.validTo}`,
        },
      ],
      remedy: certificateRemedy(facts),
      values: { host, validTo: certificate.validTo },
    };
  },
};
