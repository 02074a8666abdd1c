import {
  AuditorService,
  AuthService,
  HttpAuthService,
  PermissionsRegistryService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { LookService } from '../health/LookService';
import { InstanceSources } from '../watch/InstanceSources';
import { PlatformsService } from '../platform/PlatformsService';
import { Portal } from '../platform/portal';
import { createOpenApiRouter } from '../schema/openapi/generated';

/** What the routes work with. */
export interface RouterOptions extends Portal {
  auth: AuthService;
  httpAuth: HttpAuthService;
  userInfo: UserInfoService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  auditor: AuditorService;
  catalog: CatalogService;
  platforms: PlatformsService;
  sources: InstanceSources;
  looks: LookService;
}

/** The router that knows the paths and types of `openapi.yaml`. */
export type ApiRouter = Awaited<ReturnType<typeof createOpenApiRouter>>;
