/** What known lines of the server's log mean. */
export const log = {
  appCreated: 'Normal: the server has its login.',
  oidcAvailable: 'Normal: people can log in now.',
  sessionModule: 'Normal: browser sessions lie in files of the server.',
  redirectUri:
    'Normal: Keycloak sends people back there; the client must allow this address.',
  clientRegistered: 'Normal: the server knows its client in Keycloak.',
  appMounted: 'Normal: MLflow itself runs behind the login.',
  uvicorn: 'Normal: the server takes requests.',
  groupPlugin:
    'OIDC_GROUP_DETECTION_PLUGIN is set to a module that does not exist. It must not be set.',
  groupDetection:
    "The server did not learn the groups of who logs in. The groups scope and its mapper must be on the client in Keycloak, and the mapper's claim in the ID token.",
  notAllowed:
    'Somebody is in none of the groups that may log in. The section Login says why.',
  invalidScopes:
    'The client in Keycloak lacks a scope that the server asks for, most often groups.',
  sessionFilesystem:
    'SESSION_TYPE names a store that does not exist. It must be cachelib.',
  sessionLost:
    'The login began at another server, or with another SECRET_KEY. With several replicas all must share one key and one session store.',
  sessionError: 'The session store of the server is not set up rightly.',
  secretKey:
    'Each start makes a new key: everybody is logged out, and several replicas refuse the logins of each other. It must come from the Secret mlflow-oidc-config.',
  clientSecret:
    'Keycloak refuses the secret of the client. The Secret mlflow-oidc-config and the client in Keycloak must hold the same one.',
  keycloakAway:
    'The server cannot reach Keycloak. Nobody can log in until it can.',
  flaskUnderAsgi:
    'The server runs the Flask app where the FastAPI one belongs: appName must be oidc-auth-fastapi.',
  authDatabase:
    'The database of users and permissions does not let the server in. Nobody can log in.',
  databasePassword:
    'PostgreSQL refuses the password. The Secret mlflow-db-secret and the role must hold the same one.',
  databaseMissing: 'The database is not there. A repair makes it anew, empty.',
  databaseAway:
    'A service of the server does not answer; where it is said while the server starts, the database.',
  storeKeys: 'The object store refuses the keys of the server.',
  storeForbidden:
    'The bucket is not there, or the keys of the server may not use it.',
  allowedHosts:
    'Somebody asked for a host that the server is not to answer for. Right for a stranger; wrong for the address of the instance, of its service or of its metrics.',
  schemaNewer:
    'The database was migrated by another version than the server has. The migration must run, or the newer version come back.',
  redisPassword: 'The session store Redis refuses the password.',
  exporterMissing:
    'Metrics are switched on, but the image has no exporter for them.',
} as const;
