import { z } from 'zod';

/** A path of Vault without slashes at its ends. */
const path = z.string().regex(/^[^/\s]+(?:\/[^/\s]+)*$/);

const auth = z.discriminatedUnion('method', [
  z.object({
    method: z.literal('approle'),
    mount: path.default('approle'),
    roleId: z.string(),
    secretId: z.string(),
  }),
  z.object({
    method: z.literal('kubernetes'),
    mount: path.default('kubernetes'),
    role: z.string().default('backstage-mlflow'),
    tokenFile: z
      .string()
      .default('/var/run/secrets/kubernetes.io/serviceaccount/token'),
  }),
  z.object({ method: z.literal('token'), token: z.string() }),
]);

const vault = z.object({
  address: z.string().url(),
  inCluster: z.object({ address: z.string().url() }).optional(),
  namespace: path.optional(),
  mount: path.default('secret'),
  prefix: path.default('mlflow'),
  auth,
  externalSecrets: z
    .object({
      mount: path.default('kubernetes'),
      role: z.string().default('mlflow'),
      audience: z.string().default('vault'),
      refreshInterval: z
        .string()
        .regex(/^\d+(?:s|m|h)$/)
        .default('1h'),
    })
    .default({}),
});

/** Vault or OpenBao as the portal and External Secrets use it. */
export type VaultConfig = z.infer<typeof vault>;

/**
 * Where the secrets of a platform's instances lie. The description of Vault may
 * stand there before the provider is changed.
 */
export const secretsConfig = z
  .discriminatedUnion('provider', [
    z.object({ provider: z.literal('kubernetes'), vault: vault.optional() }),
    z.object({ provider: z.literal('vault'), vault }),
  ])
  .default({ provider: 'kubernetes' });
