import { changeContainer } from '../changeContainer.ts';
import type { Provocation } from '../Provocation.ts';
import { untilCrashed } from '../restart.ts';

export const flaskAppName: Provocation = {
  cause: 'flask-app-name',
  what: 'the server is to run as oidc-auth-flask',
  async provoke(patient) {
    await changeContainer(patient, container => ({
      ...container,
      args: container.args.map(text =>
        text.startsWith('--app-name=') ? '--app-name=oidc-auth-flask' : text,
      ),
    }));
    await untilCrashed(patient);
  },
};
