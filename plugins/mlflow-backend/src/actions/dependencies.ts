import {
  AuditorService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { PlatformsService } from '../platform/PlatformsService';

/** What the scaffolder actions are made of. */
export interface ActionDependencies {
  platforms: PlatformsService;
  permissions: PermissionsService;
  userInfo: UserInfoService;
  catalog: CatalogService;
  auditor: AuditorService;
  /** Where people find the portal, for links in messages. */
  appUrl: string;
}
