/** The words of links and card, in German. */
const messages = {
  'links.mlflow': 'MLflow',
  'links.permissions': 'Berechtigungen',
  'links.newTab': ', öffnet einen neuen Tab',
  'card.title': 'MLflow',
  'card.loading': 'Der Status von MLflow wird geladen',
  'card.phase.Ready': 'Bereit',
  'card.phase.Progressing': 'In Arbeit',
  'card.phase.Degraded': 'Eingeschränkt',
  'card.phase.Failed': 'Fehlgeschlagen',
  'card.phase.Unknown': 'Unbekannt',
  'card.reason': 'Grund: {{reason}}',
  'card.conditions': 'Was nicht stimmt',
  'card.versions': 'Version',
  'card.versionsValue':
    'MLflow {{mlflow}}, mlflow-oidc-auth {{oidcAuth}} (Linie {{line}})',
  'card.warning': 'Diese Version hat bekannte Sicherheitslücken',
  'card.replicas': 'Replikate',
  'card.replicasValue': '{{ready}} von {{wanted}} bereit',
  'card.owner': 'Besitzer',
  'card.platform': 'Plattform',
  'card.portalAccess': 'Zugriff des Portals',
  'card.changed': 'Letzte Änderung',
  'card.openMlflow': 'MLflow öffnen',
  'card.openPermissions': 'Berechtigungen',
  'card.openTask': 'Task anzeigen',
  'card.resume': 'Fortsetzen',
  'card.undo': 'Rückgängig machen',
  'card.retry': 'Erneut versuchen',
  'card.missing.title': 'Keine solche Instanz',
  'card.missing.description':
    'Diese Entität steht für eine MLflow-Instanz, die keine Plattform dieses Portals kennt. Vielleicht wurde sie entfernt, oder ihre Annotation mlflow.org/instance nennt eine andere.',
  'card.forbidden.title': 'Keine Berechtigung',
  'card.forbidden.description':
    'Sie dürfen den Status dieser Instanz nicht sehen. Wenden Sie sich an die Besitzer oder an einen Plattform-Admin.',
  'card.unreachable.title': 'Der Status ist nicht bekannt',
  'card.unreachable.description':
    'Das Portal konnte nicht danach fragen. Der Instanz selbst kann es gut gehen.',
  'card.outdated':
    'Konnte nicht aktualisiert werden; dies ist der Stand von {{time}}.',
  'card.stale':
    'Der Cluster hat sich zuletzt um {{time}} gemeldet; gezeigt wird der Stand von da.',
  'card.more_one': 'und {{count}} weiterer Befund',
  'card.more_other': 'und {{count}} weitere Befunde',
  'card.openTab': 'Alles dazu anzeigen',
};

export default messages;
