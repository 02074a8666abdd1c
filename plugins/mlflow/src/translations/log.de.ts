/** What known lines of the server's log mean, in German. */
const messages = {
  appCreated: 'Normal: Der Server hat seine Anmeldung.',
  oidcAvailable: 'Normal: Jetzt kann man sich anmelden.',
  sessionModule: 'Normal: Browser-Sitzungen liegen in Dateien des Servers.',
  redirectUri:
    'Normal: Dorthin schickt Keycloak die Leute zurück; der Client muss diese Adresse erlauben.',
  clientRegistered: 'Normal: Der Server kennt seinen Client in Keycloak.',
  appMounted: 'Normal: MLflow selbst läuft hinter der Anmeldung.',
  uvicorn: 'Normal: Der Server nimmt Anfragen an.',
  groupPlugin:
    'OIDC_GROUP_DETECTION_PLUGIN nennt ein Modul, das es nicht gibt. Die Einstellung darf nicht gesetzt sein.',
  groupDetection:
    'Der Server hat die Gruppen des Angemeldeten nicht erfahren. Am Client in Keycloak müssen der Scope groups und sein Mapper sein, und dessen Claim im ID-Token.',
  notAllowed:
    'Jemand ist in keiner der Gruppen, die sich anmelden dürfen. Der Abschnitt Anmeldung sagt, warum.',
  invalidScopes:
    'Dem Client in Keycloak fehlt ein Scope, nach dem der Server fragt, meist groups.',
  sessionFilesystem:
    'SESSION_TYPE nennt einen Speicher, den es nicht gibt. Richtig ist cachelib.',
  sessionLost:
    'Die Anmeldung begann bei einem anderen Server oder mit einem anderen SECRET_KEY. Mehrere Replikate müssen Schlüssel und Sitzungsspeicher teilen.',
  sessionError:
    'Der Sitzungsspeicher des Servers ist nicht richtig eingerichtet.',
  secretKey:
    'Jeder Start macht einen neuen Schlüssel: Alle werden abgemeldet, und mehrere Replikate weisen die Anmeldungen der anderen ab. Er muss aus dem Secret mlflow-oidc-config kommen.',
  clientSecret:
    'Keycloak lehnt das Secret des Clients ab. Das Secret mlflow-oidc-config und der Client in Keycloak müssen dasselbe enthalten.',
  keycloakAway:
    'Der Server erreicht Keycloak nicht. Solange kann sich niemand anmelden.',
  flaskUnderAsgi:
    'Der Server führt die Flask-App aus, wo die FastAPI-App hingehört: appName muss oidc-auth-fastapi sein.',
  authDatabase:
    'Die Datenbank der Benutzer und Berechtigungen lässt den Server nicht ein. Niemand kann sich anmelden.',
  databasePassword:
    'PostgreSQL lehnt das Passwort ab. Das Secret mlflow-db-secret und die Rolle müssen dasselbe enthalten.',
  databaseMissing:
    'Die Datenbank ist nicht da. Eine Reparatur legt sie neu an, leer.',
  databaseAway:
    'Ein Dienst des Servers antwortet nicht; steht es da, während der Server startet, die Datenbank.',
  storeKeys: 'Der Objektspeicher lehnt die Schlüssel des Servers ab.',
  storeForbidden:
    'Der Bucket ist nicht da, oder die Schlüssel des Servers dürfen ihn nicht benutzen.',
  allowedHosts:
    'Jemand hat nach einem Host gefragt, für den der Server nicht antworten soll. Bei Fremden richtig; falsch bei der Adresse der Instanz, ihres Service oder ihrer Metriken.',
  schemaNewer:
    'Die Datenbank wurde von einer anderen Version migriert, als der Server hat. Die Migration muss laufen, oder die neuere Version zurückkommen.',
  redisPassword: 'Der Sitzungsspeicher Redis lehnt das Passwort ab.',
  exporterMissing:
    'Metriken sind eingeschaltet, aber dem Image fehlt das Paket dafür.',
};

export default messages;
