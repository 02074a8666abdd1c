/** The words of the form, of the plan and of the result page, in German. */
const messages = {
  'fields.retry': 'Erneut versuchen',
  'fields.choosePlatform': 'Wählen Sie zuerst eine Plattform.',
  'fields.platformsFailed': 'Die Plattformen konnten nicht geladen werden',
  'fields.notChecked':
    'Konnte gerade nicht geprüft werden. Beim Weitergehen wird noch einmal geprüft.',
  'fields.checkFailed':
    'Konnte nicht geprüft werden. Versuchen Sie es gleich noch einmal; das Portal erreicht das MLflow-Backend oder dessen Plattform nicht.',
  'fields.platform.title': 'Plattform',
  'fields.platform.description': 'Wo die Instanz läuft.',
  'fields.platform.placeholder': 'Plattform wählen',
  'fields.platform.loading': 'Die Plattformen werden geladen',
  'fields.platform.none': 'Dieses Portal hat keine Plattform für MLflow',
  'fields.platform.noneHelp':
    'Ein Portal-Admin fügt eine unter mlflow.platforms in app-config hinzu.',
  'fields.platform.notReady': 'Nicht bereit: {{reason}}',
  'fields.platform.notReadyUnknown':
    'Nicht bereit; wenden Sie sich an einen Plattform-Admin.',
  'fields.platform.noneReady': 'Zurzeit nimmt keine Plattform eine Instanz auf',
  'fields.platform.gone':
    'Diese Plattform gibt es nicht (mehr). Wählen Sie eine andere.',
  'fields.name.title': 'Name',
  'fields.name.description':
    'Kleinbuchstaben, Ziffern und Bindestriche. Benennt die Instanz im Katalog, in Kubernetes und in ihrer Adresse; kann später nicht geändert werden.',
  'fields.name.checking': 'Es wird geprüft, ob der Name frei ist',
  'fields.name.free': 'Der Name ist frei.',
  'fields.name.yours':
    'Ihre eigene, und nicht fertig. Mit denselben Einstellungen geht der Lauf dort weiter, wo der letzte endete.',
  'fields.name.taken': 'Der Name ist vergeben; wählen Sie einen anderen.',
  'fields.host.title': 'Host',
  'fields.host.description':
    'Vom Namen abgeleitet. Ein anderer unter {{domains}} ist möglich.',
  'fields.host.descriptionNoPlatform': 'Er wird vom Namen abgeleitet.',
  'fields.host.checking': 'Es wird geprüft, ob der Host frei ist',
  'fields.host.free':
    'Der Host ist frei. Die Adresse wird https://{{host}}/ sein',
  'fields.host.yours': 'Der Host Ihrer eigenen Instanz, die nicht fertig ist.',
  'fields.host.taken': 'Der Host ist vergeben; wählen Sie einen anderen.',
  'fields.owner.title': 'Besitzer',
  'fields.owner.description':
    'Die Gruppe, der die Instanz gehört. Ihre Mitglieder können sich dort anmelden.',
  'fields.owner.placeholder': 'Gruppe wählen',
  'fields.owner.search': 'Nach einer Gruppe suchen',
  'fields.owner.loading': 'Ihre Gruppen werden geladen',
  'fields.owner.none':
    'Sie sind in keiner Gruppe, der eine Instanz gehören kann',
  'fields.owner.noneHelp':
    'Eine Instanz gehört einer Gruppe. Lassen Sie sich in eine aufnehmen und laden Sie die Seite neu.',
  'fields.owner.failed': 'Die Gruppen konnten nicht geladen werden',
  'fields.owner.refused': 'Diese Gruppe können Sie nicht als Besitzer wählen.',
  'fields.owner.ofInstance':
    'Diese Gruppe sagt, wer eine Instanz benutzen darf, und besitzt keine. Wählen Sie ein Team.',
  'fields.size.title': 'Größe',
  'fields.size.description':
    'Alle Zahlen außer denen von Datenbank und Bucket gelten je Replikat.',
  'fields.size.S': 'Klein',
  'fields.size.M': 'Mittel',
  'fields.size.L': 'Groß',
  'fields.size.workers_one': '{{count}} Worker',
  'fields.size.workers_other': '{{count}} Worker',
  'fields.size.cpu': '{{request}} bis {{limit}} CPU',
  'fields.size.memory': '{{request}} bis {{limit}} Speicher',
  'fields.size.connections': '{{connections}} Datenbankverbindungen',
  'fields.size.bucket': 'Bucket mit {{quota}}',
  'fields.size.scratch': '{{scratch}} für laufende Uploads',
  'fields.permission.title': 'Standardberechtigung',
  'fields.permission.description':
    'Was Leute, die sich anmelden können, mit einem Experiment oder Modell tun dürfen, das niemand mit ihnen geteilt hat.',
  'fields.permission.NO_PERMISSIONS': 'Keine',
  'fields.permission.NO_PERMISSIONSHelp':
    'Niemand sieht, was nicht mit ihm geteilt wurde. Die sicherste Wahl.',
  'fields.permission.READ': 'Lesen',
  'fields.permission.READHelp': 'Alle sehen alle Läufe, Modelle und Artefakte.',
  'fields.permission.EDIT': 'Bearbeiten',
  'fields.permission.EDITHelp':
    'Alle sehen und ändern alles, löschen aber nichts.',
  'fields.permission.MANAGE': 'Verwalten',
  'fields.permission.MANAGEHelp':
    'Alle ändern, löschen und teilen alles. Nur für ein Team, das allen vertraut, die sich anmelden können.',
  'fields.line.title': 'Versionslinie',
  'fields.line.description':
    'MLflow und seine Anmeldung werden zusammen als eine Linie getestet; Patches kommen innerhalb der Linie.',
  'fields.line.placeholder': 'Versionslinie wählen',
  'fields.line.option': 'MLflow {{mlflow}} (Linie {{line}})',
  'fields.line.recommended': 'Empfohlen',
  'fields.line.insecure': 'Hat bekannte Sicherheitslücken',
  'fields.line.warning': 'Bekannte Sicherheitslücken',
  'fields.line.notOffered':
    'Die Plattform bietet diese Versionslinie nicht an.',
  'fields.plan.title': 'Plan',
  'fields.plan.incomplete':
    'Wählen Sie auf der ersten Seite Plattform, Name und Besitzer; dann wird hier der Plan gemacht.',
  'fields.plan.asking': 'Der Plan wird gemacht',
  'fields.plan.askingWhat':
    'Kubernetes, Keycloak, PostgreSQL, der Objektspeicher und die Registry werden gefragt, was da ist. Geändert wird nichts.',
  'fields.plan.forbidden': 'Keine Berechtigung',
  'fields.plan.invalid': 'Mit diesen Antworten kann nichts angelegt werden',
  'fields.plan.failed': 'Der Plan konnte nicht gemacht werden',
  'fields.plan.needed':
    'Weiter geht es mit einem Plan, dem nichts im Weg steht. Sehen Sie, was diese Seite sagt.',
  'plan.creates': 'Dies wird angelegt. Bisher wurde nichts geändert.',
  'plan.continues':
    'Die Instanz ist schon da. Der Lauf legt an, was fehlt, und richtet, was abgewichen ist.',
  'plan.unchanged':
    'Die Instanz ist schon da, und alles ist, wie es sein soll. Der Lauf ändert nichts.',
  'plan.blocked': 'So kann der Lauf nicht gestartet werden.',
  'plan.conflicts': 'Etwas ist im Weg',
  'plan.remedy':
    'Wählen Sie auf der ersten Seite einen anderen Namen oder Host, oder lassen Sie es vom Besitzer entfernen. Kommen Sie dann zu dieser Seite zurück.',
  'plan.destructive':
    'MLflow ist eine Weile nicht da, oder etwas geht verloren',
  'plan.problems': 'Nicht alles konnte gefragt werden',
  'plan.warnings': 'Gut zu wissen',
  'plan.count.conflict_one': '{{count}} im Weg',
  'plan.count.conflict_other': '{{count}} im Weg',
  'plan.count.create_one': '{{count}} anzulegen',
  'plan.count.create_other': '{{count}} anzulegen',
  'plan.count.update_one': '{{count}} zu ändern',
  'plan.count.update_other': '{{count}} zu ändern',
  'plan.count.keep_one': '{{count}} bleibt, wie es ist',
  'plan.count.keep_other': '{{count}} bleiben, wie sie sind',
  'plan.action.conflict': 'Im Weg:',
  'plan.action.create': 'Anlegen:',
  'plan.action.update': 'Ändern:',
  'plan.action.keep': 'Bleibt:',
  'connect.title': 'Ihr MLflow-Server',
  'connect.heading': 'Verbinden aus Python oder einem Job',
  'connect.step':
    'Melden Sie sich einmal an und erzeugen Sie dann in der Berechtigungsoberfläche ein Zugriffstoken. Außerhalb des Browsers steht es für Ihr Passwort; behandeln Sie es so.',
  'connect.shell': 'Shell',
  'connect.python': 'Python',
  'connect.copy': '{{what}} kopieren',
  'connect.copied': 'Kopiert',
  'connect.copyFailed':
    'Konnte nicht kopiert werden. Markieren Sie den Text und kopieren Sie ihn von Hand.',
};

export default messages;
