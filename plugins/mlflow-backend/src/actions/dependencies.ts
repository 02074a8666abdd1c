import {
  AuditorService,
  AuthService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { PlatformsService } from '../platform/PlatformsService';
import { DryRuns } from './DryRuns';

/** What the scaffolder actions are made of. */
export interface ActionDependencies {
  platforms: PlatformsService;
  auth: AuthService;
  permissions: PermissionsService;
  userInfo: UserInfoService;
  catalog: CatalogService;
  auditor: AuditorService;
  /** What the dry runs that are under way have claimed. */
  dryRuns: DryRuns;
  /** Where people find the portal, for links in messages. */
  appUrl: string;
  /** Addresses of the portal, which no instance may take. */
  portalUrls: string[];
}
