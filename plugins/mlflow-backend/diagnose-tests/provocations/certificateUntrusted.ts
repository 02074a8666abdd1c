import { showCertificate } from '../certificate.ts';
import type { Provocation } from '../Provocation.ts';

export const certificateUntrusted: Provocation = {
  cause: 'certificate-untrusted',
  what: "the host's certificate is of a CA that nobody trusts",
  provoke: patient =>
    showCertificate(patient, { from: -1, to: 90, issuer: 'stranger' }),
};
