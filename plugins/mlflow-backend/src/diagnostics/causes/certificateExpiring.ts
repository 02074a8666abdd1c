import { Cause } from '../Cause';
import { certificateRemedy } from '../certificateRemedy';
import { known } from '../Facts';

const DAY_MS = 24 * 60 * 60_000;

/** Who renews certificates by machine does so well before. */
const DAYS = 14;

/** The certificate of the public name is soon over. */
export const certificateExpiring: Cause = {
  name: 'certificate-expiring',
  condition: 'Server',
  severity: 'warning',
  detect(facts) {
    const certificate = known(facts.server)?.certificate;
    if (!certificate) {
      return undefined;
    }
    const left = new Date(certificate.validTo).getTime() - facts.now.getTime();
    if (left < 0 || left > DAYS * DAY_MS) {
      return undefined;
    }
    const { host } = facts.instance.spec;
    const days = String(Math.floor(left / DAY_MS));
    return {
      title: `The certificate of https://${host} expires in ${days} days.`,
      evidence: [
        {
          source: `TLS: certificate of ${host}`,
          text: `${certificate.subject}, by ${certificate.issuer}, is valid until ${certificate.validTo}`,
        },
      ],
      remedy: certificateRemedy(facts),
      values: { host, days, validTo: certificate.validTo },
    };
  },
};
