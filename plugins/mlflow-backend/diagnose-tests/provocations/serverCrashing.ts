import { changeContainer } from '../changeContainer.ts';
import type { Provocation } from '../Provocation.ts';
import { untilCrashed } from '../restart.ts';

export const serverCrashing: Provocation = {
  cause: 'server-crashing',
  what: 'the server gets an option that it does not know',
  async provoke(patient) {
    await changeContainer(patient, container => ({
      ...container,
      args: [...container.args, '--no-such-option'],
    }));
    await untilCrashed(patient);
  },
};
