import { V1NetworkPolicy } from '@kubernetes/client-node';
import { sameContent } from './sameContent';

const wanted: V1NetworkPolicy = {
  metadata: { name: 'x', labels: { a: '1' }, annotations: { mark: 'm' } },
  spec: {
    podSelector: {},
    policyTypes: ['Ingress'],
    ingress: [{ ports: [{ port: 5000, protocol: 'TCP' }] }],
  },
};

describe('sameContent', () => {
  it.each<[string, V1NetworkPolicy]>([
    ['the same', wanted],
    [
      'more labels and annotations',
      {
        ...wanted,
        metadata: {
          ...wanted.metadata,
          labels: { a: '1', b: '2' },
          annotations: { mark: 'm', by: 'others' },
        },
      },
    ],
    [
      'values that are absent, in one way or another',
      { ...wanted, spec: { podSelector: {}, egress: [], ...wanted.spec } },
    ],
  ])('knows %s again', (_, found) => {
    expect(sameContent(wanted, found)).toBe(true);
  });

  it.each<[string, V1NetworkPolicy]>([
    ['a lost label', { ...wanted, metadata: { annotations: { mark: 'm' } } }],
    ['no content', { metadata: wanted.metadata }],
    [
      'a rule more',
      {
        ...wanted,
        spec: {
          podSelector: {},
          policyTypes: ['Ingress'],
          ingress: [...(wanted.spec?.ingress ?? []), {}],
        },
      },
    ],
    [
      'a selector that leaves pods out',
      {
        ...wanted,
        spec: {
          ...wanted.spec,
          podSelector: { matchLabels: { only: 'these' } },
        },
      },
    ],
    [
      'another port',
      {
        ...wanted,
        spec: {
          podSelector: {},
          policyTypes: ['Ingress'],
          ingress: [{ ports: [{ port: 5001, protocol: 'TCP' }] }],
        },
      },
    ],
  ])('sees %s', (_, found) => {
    expect(sameContent(wanted, found)).toBe(false);
  });
});
