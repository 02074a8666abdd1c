/** What findings say, in German, by cause. */
const messages = {
  'out-of-memory.title':
    'Der Server braucht mehr Speicher als seine Grenze von {{limit}}.',
  'out-of-memory.remedy': 'Wählen Sie eine größere Größe für die Instanz.',
  'redirect-uri-mismatch.title':
    'Keycloak schickt niemanden zu {{uri}} zurück: Der Client {{client}} erlaubt diese Adresse nicht.',
  'redirect-uri-mismatch.remedy':
    'Fügen Sie {{uri}} zu den Redirect-URIs des Clients hinzu; die Reparatur erledigt es.',
};

export default messages;
