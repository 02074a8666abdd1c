import { Config } from '@backstage/config';

/** Where the portal itself is found. */
export interface Portal {
  /** Where people find it, for links in messages; empty when nobody says. */
  appUrl: string;
  /** Its addresses, which no instance may take. */
  portalUrls: string[];
}

/** The portal's addresses, of app-config. */
export function readPortal(config: Config): Portal {
  const appUrl = config.getOptionalString('app.baseUrl');
  const backendUrl = config.getOptionalString('backend.baseUrl');
  return {
    appUrl: appUrl ?? '',
    portalUrls: [appUrl, backendUrl].filter(
      (url): url is string => url !== undefined,
    ),
  };
}
