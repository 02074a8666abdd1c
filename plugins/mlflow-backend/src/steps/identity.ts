import { findClient, readClientSecret } from '../systems/keycloak/clients';
import { findGroups } from '../systems/keycloak/groups';
import { listScopes } from '../systems/keycloak/scopes';
import { readServiceAccount } from '../systems/keycloak/serviceAccounts';
import { fernetKey, randomSecret } from '../systems/secrets/generate';
import { SecretValues } from '../systems/secrets/SecretStore';
import { settled } from '../systems/settled';
import {
  ensureAccounts,
  ensureClients,
  ensureGroups,
  ensureScope,
} from './identityEnsure';
import { ensureMembers, observeMembers } from './identityMembers';
import { IdentityObserved, planIdentity } from './identityPlan';
import { removeIdentity } from './identityRemove';
import { requireNamespace } from './namespace';
import { conflictsOf, observeSecret } from './observeSecret';
import { removeSecrets } from './removeSecrets';
import {
  Instance,
  isWanted,
  Plan,
  Removal,
  RemoveOptions,
  Step,
  StepContext,
} from './Step';

/** What the step uses of its context. */
export type IdentityContext = Pick<StepContext, 'instance' | 'signal'> & {
  platform: Pick<
    StepContext['platform'],
    'keycloak' | 'kubernetes' | 'secrets'
  >;
};

/** Under this name the step's keys stand in secrets that it shares. */
const PART = 'identity';

const FLASK_KEY = 'MLFLOW_FLASK_SERVER_SECRET_KEY';

/**
 * Login: clients, groups and the scope that names them in tokens, and the
 * secrets that MLflow needs for it. Members of the groups are not touched.
 */
export const identityStep = {
  name: 'identity',

  async observe(ctx: IdentityContext): Promise<IdentityObserved> {
    const { instance, platform, signal } = ctx;
    const { keycloak } = platform;
    const { names } = instance;
    const client = (id: string) => findClient(keycloak, id, signal);
    const account = async (clientId: string) => {
      const found = await client(clientId);
      return {
        client: found,
        account: found?.serviceAccountsEnabled
          ? await readServiceAccount(keycloak, { ...found, clientId }, signal)
          : undefined,
      };
    };
    const login = async () => {
      const found = await client(names.client);
      return {
        client: found,
        secret:
          found &&
          (await readClientSecret(
            keycloak,
            { ...found, clientId: names.client },
            signal,
          )),
      };
    };
    const [people, cli, reader, provisioner, scopes, admin, user, oidc, flask] =
      await settled([
        login(),
        client(names.cliClient),
        account(names.readerClient),
        account(names.provisionerClient),
        listScopes(keycloak, signal),
        findGroups(keycloak, names.adminGroup, signal),
        findGroups(keycloak, names.userGroup, signal),
        observeSecret(ctx, names.secrets.oidc),
        observeSecret(ctx, names.secrets.flask),
      ]);
    return {
      scopes,
      clients: {
        login: people.client,
        cli,
        reader: reader.client,
        provisioner: provisioner.client,
      },
      accounts: { reader: reader.account, provisioner: provisioner.account },
      groups: { admin, user },
      members: await observeMembers(ctx, cli, { admin, user }, scopes),
      secrets: {
        wrongOidcKeys: wrongOidcKeys(
          instance,
          oidc.values ?? {},
          people.secret,
        ),
        flask: Boolean(flask.values?.[FLASK_KEY]),
        foreign: conflictsOf([oidc, flask]),
      },
    };
  },

  plan: planIdentity,

  async apply(
    ctx: IdentityContext,
    { observed }: Plan<IdentityObserved>,
  ): Promise<void> {
    await requireNamespace(ctx);
    const clientsOfScope = async () => {
      // Clients name the scope when they are made.
      const scopes = await ensureScope(ctx, observed);
      return ensureClients(ctx, observed, scopes);
    };
    const [clients, groups] = await settled([
      clientsOfScope(),
      ensureGroups(ctx, observed),
    ]);
    await settled([
      ensureAccounts(ctx, observed, clients, groups),
      ensureMembers(ctx, observed.members, clients.cli, groups),
      ensureSecrets(ctx, observed, clients.login),
    ]);
  },

  async remove(
    ctx: IdentityContext,
    options: RemoveOptions,
  ): Promise<Removal[]> {
    const { secrets } = ctx.instance.names;
    const removals = await removeIdentity(ctx, options);
    const wanted = [secrets.oidc, secrets.flask].filter(name =>
      isWanted(options, `secret ${name}`),
    );
    return [...removals, ...(await removeSecrets(ctx, PART, wanted))];
  },
} satisfies Step<IdentityObserved>;

/** Makers of the keys that are random and, once made, stay as they are. */
function generatedKeys({ release }: Instance): Record<string, () => string> {
  return Object.fromEntries(
    Object.entries({ SECRET_KEY: 'random', ...release.generatedKeys }).map(
      ([key, kind]) => [key, kind === 'fernet' ? fernetKey : randomSecret],
    ),
  );
}

function wrongOidcKeys(
  instance: Instance,
  held: SecretValues,
  clientSecret: string | undefined,
): string[] {
  return [
    ...(held.OIDC_CLIENT_ID === instance.names.client
      ? []
      : ['OIDC_CLIENT_ID']),
    ...(clientSecret && held.OIDC_CLIENT_SECRET === clientSecret
      ? []
      : ['OIDC_CLIENT_SECRET']),
    ...Object.keys(generatedKeys(instance)).filter(key => !held[key]),
  ];
}

/** Keycloak makes and holds the client's secret; the Secret has a copy of it. */
async function ensureSecrets(
  ctx: IdentityContext,
  observed: IdentityObserved,
  loginId: string,
): Promise<void> {
  const { instance, platform, signal } = ctx;
  const { names } = instance;
  const oidc = async () => {
    const clientId = names.client;
    const secret = await readClientSecret(
      platform.keycloak,
      { id: loginId, clientId },
      signal,
    );
    const makers = {
      ...generatedKeys(instance),
      OIDC_CLIENT_ID: () => clientId,
      OIDC_CLIENT_SECRET: () => secret,
    };
    const held = await platform.secrets.fill(
      instance,
      names.secrets.oidc,
      PART,
      makers,
      signal,
    );
    if (
      held.OIDC_CLIENT_SECRET !== secret ||
      held.OIDC_CLIENT_ID !== clientId
    ) {
      await platform.secrets.write(
        instance,
        names.secrets.oidc,
        PART,
        { ...held, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: secret },
        signal,
      );
    }
  };
  const flask = () =>
    platform.secrets.fill(
      instance,
      names.secrets.flask,
      PART,
      { [FLASK_KEY]: randomSecret },
      signal,
    );
  await settled([
    observed.secrets.wrongOidcKeys.length > 0 ? oidc() : undefined,
    observed.secrets.flask ? undefined : flask(),
  ]);
}
