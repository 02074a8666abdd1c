import type { Provocation } from '../Provocation.ts';

export const ingressWithoutAddress: Provocation = {
  cause: 'ingress-without-address',
  what: 'the Ingress has a class that no controller serves, and loses its address',
  async provoke({ cluster, base, onMend }) {
    const found = await cluster.read('ingress', base);
    onMend(async () => {
      await cluster.delete('ingress', base);
      await cluster.create(found);
    });
    await cluster.patch('ingress', base, {
      spec: { ingressClassName: 'nobody' },
    });
    await cluster.patch(
      'ingress',
      base,
      { status: { loadBalancer: { ingress: null } } },
      'merge',
      '--subresource=status',
    );
  },
};
