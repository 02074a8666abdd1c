import { changeContainer } from '../changeContainer.ts';
import type { Provocation } from '../Provocation.ts';
import { untilWaiting } from '../restart.ts';

export const imageMissing: Provocation = {
  cause: 'image-missing',
  what: 'the Deployment names a tag that nobody pushed',
  async provoke(patient) {
    await changeContainer(patient, container => ({
      ...container,
      image: `${container.image.replace(/:[^/]*$/, '')}:never-pushed`,
    }));
    await untilWaiting(patient, ['ErrImagePull', 'ImagePullBackOff']);
  },
};
