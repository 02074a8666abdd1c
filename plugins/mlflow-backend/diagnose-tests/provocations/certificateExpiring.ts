import { showCertificate } from '../certificate.ts';
import type { Provocation } from '../Provocation.ts';

export const certificateExpiring: Provocation = {
  cause: 'certificate-expiring',
  what: "the host's certificate is valid for five days more",
  provoke: patient =>
    showCertificate(patient, { from: -30, to: 5, issuer: 'platform' }),
};
