import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { changeContainer } from '../changeContainer.ts';
import type { Provocation } from '../Provocation.ts';
import { untilWaiting } from '../restart.ts';

export const imagePullRefused: Provocation = {
  cause: 'image-pull-refused',
  what: 'the image is in a registry of the harness that lets nobody in without a password',
  async provoke(patient) {
    const registry = createServer((_request, response) => {
      response.writeHead(401, {
        'content-type': 'application/json',
        'www-authenticate': 'Basic realm="registry"',
      });
      response.end(
        '{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}',
      );
    });
    patient.onMend(async () => registry.close());
    registry.listen(0, '127.0.0.1');
    await once(registry, 'listening');
    const port = portOf(registry.address());
    await changeContainer(patient, container => ({
      ...container,
      image: `localhost:${port}/mlflow:1`,
    }));
    await untilWaiting(patient, ['ErrImagePull', 'ImagePullBackOff']);
  },
};

function portOf(address: string | AddressInfo | null): number {
  if (!address || typeof address === 'string') {
    throw new Error('The registry does not listen.');
  }
  return address.port;
}
