import { changeContainer } from '../changeContainer.ts';
import type { Provocation } from '../Provocation.ts';
import { untilWaiting } from '../restart.ts';

export const imagePullFailed: Provocation = {
  cause: 'image-pull-failed',
  what: 'the image is in a registry that does not answer',
  async provoke(patient) {
    await changeContainer(patient, container => ({
      ...container,
      image: 'localhost:1/mlflow:1',
    }));
    await untilWaiting(patient, ['ErrImagePull', 'ImagePullBackOff']);
  },
};
