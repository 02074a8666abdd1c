import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { platformsServiceRef } from '../platform/PlatformsService';
import { InertSource } from './InertSource';
import { InstanceWatch } from './InstanceWatch';
import { InstanceSource } from './ObservedInstance';

/** The instances of each platform, shared by everything in the backend. */
export interface InstanceSources {
  /** One for each platform, usable or not. */
  list(): InstanceSource[];
  /** Undefined for a platform that is not configured. */
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
        const sources = platforms
          .list()
          .map(entry =>
            'platform' in entry
              ? new InstanceWatch(entry.platform, { logger })
              : new InertSource(entry.name, entry.error),
          );
        const watches = sources.filter(
          source => source instanceof InstanceWatch,
        );
        lifecycle.addStartupHook(() => watches.forEach(watch => watch.start()));
        lifecycle.addShutdownHook(() => watches.forEach(watch => watch.stop()));
        return {
          list: () => sources,
          get: name => sources.find(({ platform }) => platform === name),
        };
      },
    }),
});
