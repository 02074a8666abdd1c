import type { Provocation } from '../Provocation.ts';

export const objectStoreDown: Provocation = {
  cause: 'object-store-down',
  what: 'the object store is cut from portal and pods of the harness',
  alone: true,
  async provoke({ systems, onMend }) {
    onMend(async () => systems.objectStore.mend());
    systems.objectStore.cut();
  },
};
