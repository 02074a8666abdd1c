/** What findings say, in German, by cause. */
const messages = {
  'allowed-hosts-wrong.title':
    'MLflow nimmt nicht unter allen seinen Namen Anfragen an; https://{{host}} ist einer davon.',
  'allowed-hosts-wrong.remedy':
    'Setzen Sie die erlaubten Hosts wieder auf den Namen der Instanz und den ihres Service; die Reparatur erledigt es.',
  'auth-database-missing.title': 'Die Datenbank {{database}} gibt es nicht.',
  'auth-database-missing.remedy':
    'Bringen Sie die Datenbank {{database}} zurück: unter ihren Namen, wenn sie umbenannt wurde, sonst aus einer Sicherung. Nur wenn ihr Inhalt entbehrlich ist, lassen Sie die Reparatur laufen, die eine leere anlegt.',
  'auth-database-password.title':
    'PostgreSQL lehnt das Passwort ab, das der Server für die Datenbank {{database}} hat.',
  'auth-database-password.remedy':
    'Lassen Sie die Reparatur laufen: Sie gibt Rolle und Secrets ein gemeinsames Passwort und startet den Server neu.',
  'bucket-forbidden.title':
    'Der Schlüssel des Servers darf den Bucket {{bucket}} nicht benutzen.',
  'bucket-forbidden.remedy':
    'Der Benutzer {{user}} braucht wieder seine Richtlinie für den Bucket {{bucket}}. Hat das Portal den Bucket angelegt, erledigt es die Reparatur, sonst der Verwalter des Objektspeichers.',
  'bucket-missing.title': 'Den Bucket {{bucket}} gibt es nicht.',
  'bucket-missing.remedy':
    'Der Bucket muss wieder angelegt werden: von der Reparatur, wenn das Portal ihn angelegt hat, sonst vom Verwalter des Objektspeichers. Sein Inhalt kommt nur aus einer Sicherung zurück.',
  'certificate-expired.title':
    'Das Zertifikat von https://{{host}} ist seit {{validTo}} abgelaufen.',
  'certificate-expired.remedy':
    'Lassen Sie das Zertifikat für {{host}} erneuern, dort, wo der Ingress-Controller seines herhat.',
  'certificate-expiring.title':
    'Das Zertifikat von https://{{host}} läuft in {{days}} Tagen ab.',
  'certificate-expiring.remedy':
    'Lassen Sie das Zertifikat für {{host}} vor {{validTo}} erneuern, dort, wo der Ingress-Controller seines herhat.',
  'certificate-untrusted.title':
    'Dem Zertifikat von https://{{host}}, ausgestellt von {{issuer}}, wird nicht vertraut.',
  'certificate-untrusted.remedy':
    'Das Zertifikat muss {{host}} nennen und von der CA der Plattform oder einer öffentlichen stammen; sonst gehört seine CA in die Konfiguration der Plattform (ca).',
  'client-disabled.title':
    'Der Client {{client}} ist in Keycloak deaktiviert, deshalb kann sich niemand anmelden.',
  'client-disabled.remedy':
    'Wenn es nicht mit Absicht geschah, aktivieren Sie den Client; die Reparatur erledigt es.',
  'client-missing.title':
    'Der Client {{client}} im Realm {{realm}} ist nicht der, über den MLflow Leute anmelden soll, oder es gibt ihn nicht mehr.',
  'client-missing.remedy':
    'Lassen Sie die Reparatur laufen: Sie legt den Client der Instanz bei Bedarf neu an und gibt ihn und sein Secret dem Server.',
  'database-connections-used-up.title':
    'PostgreSQL gibt der Rolle {{role}} keine Verbindung mehr.',
  'database-connections-used-up.remedy':
    'Beenden Sie, was sonst unter dieser Rolle verbunden ist (pg_stat_activity zeigt es), oder wählen Sie eine größere Größe für die Instanz.',
  'database-down.title': 'PostgreSQL ist unter {{address}} nicht erreichbar.',
  'database-down.remedy':
    'Sehen Sie nach, ob PostgreSQL läuft und vom Cluster aus erreichbar ist: Adresse, DNS, NetworkPolicies. Eine falsche Adresse des Servers setzt die Reparatur zurück. Der Server kommt von selbst wieder.',
  'deployment-missing.title':
    'Das Deployment {{namespace}}/{{deployment}} gibt es nicht: Es gibt keinen Server.',
  'deployment-missing.remedy':
    'Lassen Sie die Reparatur laufen: Sie installiert das Release neu. Daten werden nicht angetastet.',
  'file-sessions-with-replicas.title':
    'Leute werden immer wieder abgemeldet: {{replicas}} Server halten ihre Sitzungen getrennt.',
  'file-sessions-with-replicas.remedy':
    'Skalieren Sie das Deployment auf einen Server, oder wechseln Sie zur Linie 3.17, deren Server die Sitzungen teilen.',
  'flask-app-name.title':
    'Der Server soll als {{told}} laufen, was er nicht kann.',
  'flask-app-name.remedy':
    'Setzen Sie --app-name auf {{wanted}}; die Reparatur erledigt es.',
  'group-detection-plugin-set.title':
    'Keine Anmeldung gelingt: Nach Gruppen wird das Modul {{plugin}} gefragt, das dem Image fehlt.',
  'group-detection-plugin-set.remedy':
    'Entfernen Sie OIDC_GROUP_DETECTION_PLUGIN: Gruppen kommen aus dem Token. Die Reparatur erledigt es.',
  'group-homonym.title':
    'Mitglieder von {{path}} kommen in dieses MLflow, als wären sie in der Gruppe {{group}}: Es kennt Gruppen nur bei ihrem bloßen Namen.',
  'group-homonym.remedy':
    'Ein Administrator des Realms muss {{path}} umbenennen oder entfernen; dieses Portal ändert keine fremden Gruppen.',
  'group-missing.title':
    'Keycloak hat die Gruppe {{group}} nicht mehr, über die Leute hineinkommen.',
  'group-missing.remedy':
    'Lassen Sie die Reparatur laufen: Sie legt die Gruppe neu an und lässt die Mitglieder von {{owner}} hinein. Andere müssen von Hand wieder hinzugefügt werden. Trägt eine andere Gruppe den Namen, muss ein Administrator des Realms sie zuerst umbenennen.',
  'groups-mapper-full-path.title':
    'MLflow lässt niemanden ein: Der Mapper {{mapper}} ({{place}}) schreibt /{{group}}, und MLflow sucht {{group}}.',
  'groups-mapper-full-path.remedy':
    'Schalten Sie „Full group path“ des Mappers {{mapper}} aus. Gehört der Scope {{scope}} dem Portal, erledigt es die Reparatur, sonst ein Administrator des Realms.',
  'groups-mapper-missing.title':
    'MLflow lässt niemanden ein: Der Client-Scope {{scope}} hat keinen Mapper, der den Claim groups in Tokens schreibt.',
  'groups-mapper-missing.remedy':
    'Fügen Sie einen Mapper für Gruppenmitgliedschaft hinzu, mit dem Claim groups, ohne vollen Pfad, für ID-Token, Access-Token und Userinfo. Gehört der Scope dem Portal, erledigt es die Reparatur, sonst ein Administrator des Realms.',
  'groups-mapper-not-in-id-token.title':
    'MLflow lässt niemanden ein: Der Mapper {{mapper}} ({{place}}) schreibt die Gruppen nicht in das ID-Token, wo MLflow sie sucht.',
  'groups-mapper-not-in-id-token.remedy':
    'Schalten Sie „Add to ID token“ des Mappers {{mapper}} ein. Gehört der Scope {{scope}} dem Portal, erledigt es die Reparatur, sonst ein Administrator des Realms.',
  'groups-scope-missing.title':
    'Keycloak lehnt jede Anmeldung ab: Der Client {{client}} hat den Client-Scope {{scope}} nicht, nach dem MLflow fragt.',
  'groups-scope-missing.remedy':
    'Der Client braucht den Client-Scope {{scope}} als Default-Scope; fehlt er im Realm {{realm}} ganz, muss er dort angelegt werden. Beides erledigt die Reparatur.',
  'image-missing.title': 'Die Registry hat das Image {{image}} nicht.',
  'image-missing.remedy':
    'Wird das Image vom Portal gebaut, baut und schiebt die Reparatur es wieder hinein. Sonst muss das Image, das die Plattform nennt (image.prebuilt), in die Registry, oder sie muss ein anderes nennen.',
  'image-pull-failed.title':
    'Die Knoten können das Image {{image}} nicht holen.',
  'image-pull-failed.remedy':
    'Sehen Sie nach, ob die Registry läuft, ob die Knoten sie unter diesem Namen erreichen und ob sie ihrem Zertifikat vertrauen.',
  'image-pull-refused.title':
    'Die Registry lässt die Knoten das Image {{image}} nicht holen.',
  'image-pull-refused.remedy':
    'Geben Sie den Knoten Zugangsdaten dieser Registry, die lesen dürfen (containerd oder der ServiceAccount des Namespace), oder machen Sie das Repository lesbar.',
  'ingress-missing.title':
    'Kein Ingress führt von https://{{host}} zum Server.',
  'ingress-missing.remedy':
    'Lassen Sie die Reparatur laufen: Sie legt den Ingress wieder an.',
  'ingress-without-address.title':
    'Kein Ingress-Controller bedient https://{{host}}.',
  'ingress-without-address.remedy':
    'Der Ingress muss die Klasse der Plattform haben (jetzt {{className}}); eine andere setzt die Reparatur zurück. Stimmt sie, sehen Sie nach, ob der Controller läuft und was sein Log zu diesem Ingress sagt.',
  'keycloak-unreachable.title':
    'Keycloak ist unter {{url}} nicht erreichbar, deshalb kann sich niemand anmelden.',
  'keycloak-unreachable.remedy':
    'Sehen Sie nach, ob Keycloak läuft und vom Cluster aus erreichbar ist: Adresse, DNS, NetworkPolicies, Zertifikat. Eine falsche Adresse des Servers setzt die Reparatur zurück. Wer angemeldet ist, kann eine Weile weiterarbeiten.',
  'login-actions-pending.title':
    'Keycloak verlangt von „{{user}}“ zuerst etwas: {{actions}}.',
  'login-actions-pending.remedy':
    'Was die Seiten nach dem Passwort verlangen, ist auszufüllen; danach geht es weiter.',
  'login-by-homonym.title':
    '„{{user}}“ kommt nur über {{path}} hinein, was keine Gruppe dieser Instanz ist, aber denselben Namen hat.',
  'login-by-homonym.remedy':
    'Wer hierher gehört, muss in {{userGroup}} oder {{adminGroup}} ganz oben im Realm; die andere Gruppe soll ein Administrator des Realms umbenennen.',
  'login-no-such-user.title': 'Keycloak kennt niemanden namens „{{user}}“.',
  'login-no-such-user.remedy':
    'Prüfen Sie die Schreibweise. Wer neu ist, bekommt sein Konto von einem Administrator des Realms, nicht von MLflow.',
  'login-not-in-group.title':
    '„{{user}}“ ist in keiner der beiden Gruppen, die sich anmelden dürfen, {{userGroup}} und {{adminGroup}}.',
  'login-not-in-group.remedy':
    'Wer zu {{owner}} gehört, wird von einer Reparatur der Instanz eingelassen. Alle anderen nimmt ein Administrator des Realms in die Keycloak-Gruppe {{userGroup}} auf, oder in {{adminGroup}}, um MLflow zu verwalten; eine Untergruppe zählt nicht. Danach ist eine neue Anmeldung nötig.',
  'login-page-refused.title':
    'Niemand kann sich anmelden: Keycloak oder der Server lehnt schon den Beginn der Anmeldung ab.',
  'login-page-refused.remedy':
    'Ist der Client {{client}} anders, als er sein soll, richtet ihn die Reparatur. Sonst sehen Sie in die Logs des Servers und von Keycloak zur Zeit einer Anmeldung.',
  'login-profile-incomplete.title':
    'Dem Konto „{{user}}“ fehlt {{fields}}: Keycloak hält die Anmeldung bei einem Formular an.',
  'login-profile-incomplete.remedy':
    'Das Formular ist bei der nächsten Anmeldung auszufüllen, oder ein Administrator des Realms trägt {{fields}} ein. MLflow kennt Leute bei ihrer E-Mail-Adresse.',
  'login-user-disabled.title':
    'Das Konto „{{user}}“ ist in Keycloak deaktiviert.',
  'login-user-disabled.remedy':
    'Ein Administrator des Realms muss es aktivieren; die Besitzer der Instanz können es nicht.',
  'login-user-locked.title':
    'Keycloak hat das Konto „{{user}}“ nach zu vielen falschen Passwörtern eine Weile gesperrt.',
  'login-user-locked.remedy':
    'Nach einigen Minuten geht es mit dem richtigen Passwort wieder, oder ein Administrator des Realms hebt die Sperre auf.',
  'migration-failed.title':
    'Die Datenbanken konnten nicht auf MLflow {{mlflow}} migriert werden.',
  'migration-failed.remedy':
    'Lesen Sie die Zeile des Logs: Sie nennt die Tabelle oder das Recht, woran es liegt. Beheben Sie das in der Datenbank, oder bringen Sie beide Datenbanken aus der Sicherung zurück und lassen Sie die Server neu starten.',
  'object-store-down.title':
    'Der Objektspeicher ist unter {{endpoint}} nicht erreichbar.',
  'object-store-down.remedy':
    'Sehen Sie nach, ob der Objektspeicher läuft und vom Cluster aus erreichbar ist: Adresse, DNS, NetworkPolicies. Eine falsche Adresse des Servers setzt die Reparatur zurück. Läufe werden weiter aufgezeichnet; was sie hochladen, schlägt bis dahin fehl.',
  'out-of-memory.title':
    'Der Server braucht mehr Speicher als seine Grenze von {{limit}}.',
  'out-of-memory.remedy': 'Wählen Sie eine größere Größe für die Instanz.',
  'quota-reached.title':
    'Die Quota des Namespace {{namespace}} lässt keinen Platz für den Server.',
  'quota-reached.remedy':
    'Lassen Sie die Quota {{quota}} vom Admin des Clusters erhöhen, oder wählen Sie eine kleinere Größe für die Instanz.',
  'realm-missing.title':
    'Der Realm {{realm}} von Keycloak ist nicht der der Plattform, oder es gibt ihn nicht.',
  'realm-missing.remedy':
    'Einen falschen Realm im Server setzt die Reparatur zurück. Fehlt der Realm selbst, legen oder schalten Sie ihn wieder an, oder berichtigen Sie die Konfiguration der Plattform (keycloak).',
  'redirect-uri-mismatch.title':
    'Keycloak schickt niemanden zu {{uri}} zurück: Der Client {{client}} erlaubt diese Adresse nicht.',
  'redirect-uri-mismatch.remedy':
    'Der Client muss die Adresse der Instanz als Redirect-URI haben, und der Server muss nach ihr fragen (OIDC_REDIRECT_URI); die Reparatur erledigt beides.',
  's3-keys-wrong.title':
    'Der Objektspeicher lehnt den Schlüssel des Servers für den Bucket {{bucket}} ab.',
  's3-keys-wrong.remedy':
    'Lassen Sie die Reparatur laufen: Sie gibt dem Server einen gültigen Schlüssel und startet ihn neu.',
  'scaled-to-zero.title':
    'Die Instanz ist abgeschaltet: Sie ist auf null Server skaliert.',
  'scaled-to-zero.remedy':
    'Skalieren Sie das Deployment auf {{replicas}}; die Reparatur erledigt es.',
  'schema-newer.title':
    'Das Schema der Datenbank {{database}} ist neuer als der Server, der darauf nicht startet.',
  'schema-newer.remedy':
    'Installieren Sie einen Server, der die Revision {{revision}} kennt (dieser kennt {{wanted}}), oder bringen Sie beide Datenbanken aus einer Sicherung von davor zurück.',
  'secret-key-differs.title':
    'Die Server laufen mit anderen Werten, als ihre Secrets haben. {{names}}',
  'secret-key-differs.remedy':
    'Lassen Sie die Reparatur laufen: Sie startet die Server mit den jetzigen Werten neu. Ein Server, der vorher von selbst neu startet, kennt die Sitzungen der anderen nicht.',
  'secret-key-unset.title':
    'SECRET_KEY ist nicht gesetzt: Jeder Start eines Servers beendet alle Sitzungen, und mehrere Server kennen die der anderen nicht.',
  'secret-key-unset.remedy':
    'Lassen Sie die Reparatur laufen: Sie erzeugt im Secret {{namespace}}/{{secret}} einen Schlüssel und startet den Server neu. Alle melden sich einmal neu an.',
  'secret-missing.title': 'Der Server braucht, was nicht da ist: {{names}}.',
  'secret-missing.remedy':
    'Die Reparatur erzeugt, was sich erzeugen lässt, und startet den Server neu. Ein Schlüssel, mit dem etwas verschlüsselt wurde, kommt nur aus einer Sicherung zurück.',
  'server-crashing.title':
    'Der Server endet bald nach seinem Start (Pod {{pod}}).',
  'server-crashing.remedy':
    'Lesen Sie das Ende des Logs vor dem Neustart: Es sagt, warum.',
  'session-store-wrong.title':
    'Browser-Sitzungen liegen in einem Speicher, den es nicht gibt ({{told}}).',
  'session-store-wrong.remedy':
    'Setzen Sie SESSION_TYPE auf cachelib; die Reparatur erledigt es.',
  'settings-changed.title':
    'Der Server hat andere Einstellungen, als sein Release ihm gibt: {{names}}.',
  'settings-changed.remedy':
    'Finden Sie heraus, wer sie geändert hat und warum; die Reparatur setzt sie zurück.',
  'tracking-database-missing.title':
    'Die Datenbank {{database}} gibt es nicht.',
  'tracking-database-missing.remedy':
    'Bringen Sie die Datenbank {{database}} zurück: unter ihren Namen, wenn sie umbenannt wurde, sonst aus einer Sicherung. Nur wenn ihr Inhalt entbehrlich ist, lassen Sie die Reparatur laufen, die eine leere anlegt.',
  'tracking-database-password.title':
    'PostgreSQL lehnt das Passwort ab, das der Server für die Datenbank {{database}} hat.',
  'tracking-database-password.remedy':
    'Lassen Sie die Reparatur laufen: Sie gibt Rolle und Secrets ein gemeinsames Passwort und startet den Server neu.',
  'unschedulable.title': 'Kein Knoten des Clusters nimmt den Server auf.',
  'unschedulable.remedy':
    'Fügen Sie einen Knoten hinzu oder machen Sie einen frei, sehen Sie nach den Taints, oder wählen Sie eine kleinere Größe für die Instanz.',
  'version-below-floor.title':
    'Die Linie {{line}} hat bekannte Sicherheitslücken (MLflow {{mlflow}}, mlflow-oidc-auth {{oidcAuth}}).',
  'version-below-floor.remedy':
    'Wechseln Sie zu einer neueren Linie; bis dahin sollte nur ins MLflow kommen, wem alle Daten darin anvertraut sind.',
  'wrong-client-secret.title':
    'Jede Anmeldung scheitert im letzten Schritt: Das Secret des Servers für den Client {{client}} ist nicht das, das Keycloak hat.',
  'wrong-client-secret.remedy':
    'Lassen Sie die Reparatur laufen: Sie übernimmt das Secret aus Keycloak in {{namespace}}/{{secret}} und startet den Server neu.',
};

export default messages;
