import { showCertificate } from '../certificate.ts';
import type { Provocation } from '../Provocation.ts';

export const certificateExpired: Provocation = {
  cause: 'certificate-expired',
  what: "the host's certificate was valid until yesterday",
  provoke: patient =>
    showCertificate(patient, { from: -30, to: -1, issuer: 'platform' }),
};
