import { CauseCase } from './CauseCase';
import { certificate, cluster, inCluster, serving } from './changes';

/** Causes in what lies between people and the server. */
export const REACH_CASES: CauseCase[] = [
  {
    cause: 'ingress-missing',
    facts: [
      inCluster({ ingress: [] }),
      serving({
        anonymous: { status: 404, contentType: 'text/plain', text: '404' },
      }),
    ],
    title: /No Ingress leads from https:\/\/mlflow-churn.example.com/,
    evidence: /no Ingress mlflow-churn/,
    repair: true,
  },
  {
    cause: 'ingress-without-address',
    facts: [
      inCluster({
        ingress: cluster.ingress.map(found => ({
          ...found,
          className: 'nobody',
          addresses: [],
        })),
      }),
      serving({
        anonymous: { status: 404, contentType: 'text/plain', text: '404' },
      }),
    ],
    title: /No ingress controller serves/,
    evidence: /class nobody, no address/,
    repair: true,
  },
  {
    cause: 'certificate-expired',
    facts: [
      certificate({
        validTo: '2026-01-01T00:00:00.000Z',
        refused: 'CERT_HAS_EXPIRED',
      }),
    ],
    title: /has expired/,
    evidence: /until 2026-01-01/,
    repair: false,
  },
  {
    cause: 'certificate-expiring',
    facts: [certificate({ validTo: '2026-01-07T04:00:00.000Z' })],
    title: /expires in 5 days/,
    evidence: /until 2026-01-07/,
    repair: false,
  },
  {
    cause: 'certificate-untrusted',
    facts: [certificate({ refused: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' })],
    title: /is not trusted/,
    evidence: /UNABLE_TO_VERIFY/,
    repair: false,
  },
  {
    cause: 'certificate-untrusted',
    facts: [certificate({ refused: 'ERR_TLS_CERT_ALTNAME_INVALID' })],
    title: /is for another name/,
    evidence: /ALTNAME/,
    repair: false,
  },
];
