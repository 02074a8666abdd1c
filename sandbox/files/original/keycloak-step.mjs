// One step of the original's part in Keycloak, with a login of its own each
// time, as the original's scripts do. usage: keycloak-step.mjs STEP ARGUMENT...
// Env: KC_URL KC_REALM KC_ADMIN KC_ADMIN_PASSWORD, CLIENT_SECRET for create-client
const { KC_URL, KC_REALM, KC_ADMIN, KC_ADMIN_PASSWORD, CLIENT_SECRET } =
  process.env;
const [step, ...rest] = process.argv.slice(2);

async function logIn() {
  const response = await fetch(
    `${KC_URL}/realms/master/protocol/openid-connect/token`,
    {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'password',
        client_id: 'admin-cli',
        username: KC_ADMIN,
        password: KC_ADMIN_PASSWORD,
      }),
    },
  );
  if (!response.ok) {
    throw new Error(`Keycloak refuses its administrator (${response.status})`);
  }
  return (await response.json()).access_token;
}

const token = await logIn();

async function call(method, path, content, accepted = []) {
  const response = await fetch(`${KC_URL}/admin/realms/${KC_REALM}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    },
    body: content && JSON.stringify(content),
  });
  if (!response.ok && !accepted.includes(response.status)) {
    throw new Error(`Keycloak: ${method} ${path} answered ${response.status}`);
  }
  const text = await response.text();
  return text ? JSON.parse(text) : undefined;
}

const clientOf = async id => (await call('GET', `/clients?clientId=${id}`))[0];
const scopeOf = async name =>
  (await call('GET', '/client-scopes')).find(scope => scope.name === name);
const groupOf = async name =>
  (await call('GET', `/groups?search=${name}&exact=true`)).find(
    group => group.path === `/${name}`,
  );

const steps = {
  async 'delete-client'(id) {
    const client = await clientOf(id);
    if (client) await call('DELETE', `/clients/${client.id}`);
  },
  async 'create-client'(id, redirect) {
    await call('POST', '/clients', {
      clientId: id,
      secret: CLIENT_SECRET,
      protocol: 'openid-connect',
      publicClient: false,
      standardFlowEnabled: true,
      directAccessGrantsEnabled: false,
      redirectUris: [redirect],
    });
  },
  async 'get-scope'(name) {
    process.exitCode = (await scopeOf(name)) ? 0 : 3;
  },
  async 'create-scope'(name) {
    await call('POST', '/client-scopes', {
      name,
      protocol: 'openid-connect',
      attributes: { 'include.in.token.scope': 'true' },
    });
  },
  async 'add-mapper'(name) {
    const scope = await scopeOf(name);
    await call('POST', `/client-scopes/${scope.id}/protocol-mappers/models`, {
      name: 'groups',
      protocol: 'openid-connect',
      protocolMapper: 'oidc-group-membership-mapper',
      config: {
        'claim.name': 'groups',
        'full.path': 'false',
        'id.token.claim': 'true',
        'access.token.claim': 'true',
        'userinfo.token.claim': 'true',
      },
    });
  },
  async 'assign-scope'(id, name) {
    const client = await clientOf(id);
    const scope = await scopeOf(name);
    await call(
      'PUT',
      `/clients/${client.id}/default-client-scopes/${scope.id}`,
    );
  },
  async 'create-group'(name) {
    await call('POST', '/groups', { name }, [409]);
  },
  async 'add-user'(username, name) {
    const [user] = await call(
      'GET',
      `/users?username=${encodeURIComponent(username)}&exact=true`,
    );
    const group = await groupOf(name);
    await call('PUT', `/users/${user.id}/groups/${group.id}`);
  },
};

await steps[step](...rest);
