import type { IncomingMessage } from 'node:http';
import type { Mutation } from './Recorder.ts';

/** A request with its body read. */
export interface Request {
  method: string;
  url: URL;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

/** Tells what a request changes; undefined when it only reads. */
export type Classify = (request: Request) => Mutation | undefined;

/** Whether a request can change anything at all, by its method. */
export const mayMutate = (method: string | undefined) =>
  ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method ?? '');

interface Named {
  name?: unknown;
  clientId?: unknown;
  username?: unknown;
  metadata?: { name?: unknown };
}

function parse(body: Buffer): Named | Named[] | undefined {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined; // protobuf, YAML or nothing
  }
}

function nameIn(value: Named | undefined): string | undefined {
  const found = value?.metadata?.name ?? value?.clientId ?? value?.name;
  return typeof found === 'string' ? found : undefined;
}

/** Names of what a body is about: one object, or a list of them. */
function namesIn(body: Buffer): string {
  const value = parse(body);
  return [value ?? []]
    .flat()
    .map(nameIn)
    .filter(name => name !== undefined)
    .join(',');
}

/** Asked, and answered without anything being kept. */
const REVIEWS = /\/(selfsubject\w+|subjectaccess\w+|token)reviews$/;
const FORWARDS = /\/(portforward|exec|attach|proxy)$/;

/** The API server; helm is told by its user agent. */
export const kubernetesMutation: Classify = ({
  method,
  url: { pathname, searchParams },
  headers,
  body,
}) => {
  if (
    REVIEWS.test(pathname) ||
    FORWARDS.test(pathname) ||
    searchParams.has('dryRun')
  ) {
    return undefined;
  }
  const path = pathname.replace(/^\/(api\/v1|apis\/[^/]+\/[^/]+)\//, '');
  const created = method === 'POST' ? namesIn(body) : '';
  const what = [path.replace(/^namespaces\/(?=.*\/)/, ''), created];
  return {
    system: /^helm/i.test(headers['user-agent'] ?? '') ? 'helm' : 'kubernetes',
    what: `${method} ${what.filter(Boolean).join('/')}`,
    // A Lease is renewed by the clock; taking and giving it back are not. What
    // looks at instances come to is written by the clock too.
    periodic:
      /\/configmaps\/health-/.test(pathname) ||
      (/\/leases\//.test(pathname) && method !== 'DELETE'),
  };
};

/** MinIO, both its S3 API and that of its admins. */
export const objectStoreMutation: Classify = ({
  method,
  url: { pathname, searchParams },
}) => {
  const keys = [...searchParams.keys()]
    .filter(key => key !== 'x-id')
    .sort()
    .join('&');
  return {
    system: 'object store',
    what: `${method} ${pathname}${keys ? `?${keys}` : ''}`,
  };
};

/** MLflow behind its ingress; a search is a POST there. */
export const mlflowMutation: Classify = ({ method, url: { pathname } }) =>
  /\/search$/.test(pathname)
    ? undefined
    : { system: 'mlflow', what: `${method} ${pathname}` };

export const registryMutation: Classify = ({ method, url: { pathname } }) => ({
  system: 'registry',
  what: `${method} ${pathname}`,
});

/** The Docker engine; a wait for a container is a POST there. */
export const dockerMutation: Classify = ({ method, url: { pathname } }) =>
  /\/wait$/.test(pathname)
    ? undefined
    : {
        system: 'docker',
        what: `${method} ${pathname.replace(/[0-9a-f]{12,64}/g, '<id>')}`,
      };

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/**
 * Keycloak's admin API names objects by ids of its own, which differ in each
 * run: they are learned from what it answers.
 */
export class KeycloakNames {
  readonly #names = new Map<string, string>();

  readonly classify: Classify = ({ method, url: { pathname }, body }) => {
    const path = pathname.match(/^\/admin\/realms\/[^/]+\/(.*)$/)?.[1];
    if (path === undefined) {
      return undefined; // logins and tokens
    }
    const named = path.replace(UUID, id => this.#names.get(id) ?? '<id>');
    const about = method === 'PUT' ? '' : namesIn(body);
    return {
      system: 'keycloak',
      what: `${method} ${named}${about ? ` (${about})` : ''}`,
    };
  };

  /** Reads the names in an answer, and in the request that made an object. */
  learn(request: Request, answer: { location?: string; body: Buffer }): void {
    const made = answer.location?.match(UUID)?.pop();
    const name = namesIn(request.body);
    if (made && name) {
      this.#names.set(made, name);
    }
    this.#learnAll(parse(answer.body));
  }

  #learnAll(value: unknown): void {
    if (Array.isArray(value)) {
      value.forEach(item => this.#learnAll(item));
    } else if (typeof value === 'object' && value !== null && 'id' in value) {
      const { id, clientId, name, username } = value as Named & { id: unknown };
      const found = clientId ?? username ?? name;
      if (typeof id === 'string' && typeof found === 'string') {
        this.#names.set(id, found);
      }
    }
  }
}
