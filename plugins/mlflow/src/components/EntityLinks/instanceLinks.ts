/** Where the two pages of an instance are, as far as it is known. */
export interface InstanceLinks {
  mlflow?: string;
  permissions?: string;
}

const isPermissions = (url: URL) => /^\/oidc\/ui\/?$/.test(url.pathname);

/** Only what a browser may open as a page: never `javascript:` and the like. */
function webUrl(value: string | undefined): URL | undefined {
  const url = value && URL.canParse(value) ? new URL(value) : undefined;
  return url?.protocol === 'https:' || url?.protocol === 'http:'
    ? url
    : undefined;
}

/**
 * Finds MLflow's address among the links of an entity or of a task's output:
 * the permissions UI lies at `/oidc/ui/` of the host whose root is MLflow.
 */
export function instanceLinks(
  links: ReadonlyArray<{ url?: string; title?: string }> | undefined,
): InstanceLinks {
  const urls = (links ?? []).flatMap(link => webUrl(link.url) ?? []);
  const permissions = urls.find(isPermissions);
  if (!permissions) {
    return {};
  }
  return { mlflow: `${permissions.origin}/`, permissions: permissions.href };
}
