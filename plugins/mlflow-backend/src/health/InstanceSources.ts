import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { platformsServiceRef } from '../platform/PlatformsService';
import { InstanceWatch } from './InstanceWatch';
import { InstanceSource } from './ObservedInstance';

/** The instances of each usable platform, shared by everything in the backend. */
export interface InstanceSources {
  list(): InstanceSource[];
  /** Undefined for a platform that is not configured or cannot be used. */
  get(platform: string): InstanceSource | undefined;
}

/** Watches each usable platform from the end of the backend's start on. */
export const instanceSourcesRef = createServiceRef<InstanceSources>({
  id: 'mlflow.instance-sources',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        platforms: platformsServiceRef,
        logger: coreServices.rootLogger,
        lifecycle: coreServices.rootLifecycle,
      },
      factory({ platforms, logger, lifecycle }) {
        const watches = platforms
          .list()
          .flatMap(entry =>
            'platform' in entry
              ? [new InstanceWatch(entry.platform, { logger })]
              : [],
          );
        lifecycle.addStartupHook(() => watches.forEach(watch => watch.start()));
        lifecycle.addShutdownHook(() => watches.forEach(watch => watch.stop()));
        return {
          list: () => watches,
          get: platform => watches.find(watch => watch.platform === platform),
        };
      },
    }),
});
