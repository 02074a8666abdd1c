import type { Provocation } from '../Provocation.ts';

export const fileSessionsWithReplicas: Provocation = {
  cause: 'file-sessions-with-replicas',
  what: 'a server that keeps sessions in files is scaled to two',
  line: '3.6',
  async provoke({ cluster, deployment, onMend }) {
    onMend(() => cluster.kubectl('scale', deployment, '--replicas=1'));
    await cluster.kubectl('scale', deployment, '--replicas=2');
  },
};
