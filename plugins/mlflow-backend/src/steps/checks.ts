import { V1Pod } from '@kubernetes/client-node';
import { ServiceUnavailableError } from '@backstage/errors';
import { instanceUrls } from 'backstage-plugin-mlflow-common';
import { askArtifacts } from '../probes/artifacts';
import {
  askExperiments,
  askExperimentsAnonymously,
  askExperimentsInside,
} from '../probes/experiments';
import { serviceHost } from '../probes/inside';
import { askLogin, askLoginPage } from '../probes/login';
import { askMetrics } from '../probes/metrics';
import { AsReader, InsideContext, ProbeContext } from '../probes/ProbeContext';
import { askReadiness } from '../probes/readiness';
import { serverPod } from '../probes/serverPod';
import { MlflowAnswer } from '../systems/mlflow/MlflowClient';
import { StepContext } from './Step';

const FOREIGN_DOMAIN = 'not-this-instance.example.com';

/** What the checks share. */
export type CheckContext = ProbeContext & InsideContext & AsReader;

/** One thing that a user of the instance relies on. */
export interface Check {
  /** For people, for example `login leads to Keycloak`. */
  name: string;
  /** @throws with the system, the object and what to do */
  run(ctx: CheckContext): Promise<void>;
}

/** Names that are not ours, one of which begins as the Service's. */
function foreignHosts({ instance }: CheckContext): string[] {
  const { release, namespace } = instance.names;
  return [FOREIGN_DOMAIN, `${release}.${namespace}.svc.${FOREIGN_DOMAIN}`];
}

function failed(message: string): Error {
  return new ServiceUnavailableError(`MLflow: ${message}`);
}

const ready: Check = {
  name: 'the server is ready',
  async run(ctx) {
    const path = ctx.instance.release.behaviour.readinessPath;
    const { status } = await askReadiness(ctx);
    if (status !== 200) {
      throw failed(
        `${path} answers ${status}: a database or Keycloak is out of the server's reach; its log says which.`,
      );
    }
  },
};

const hosts: Check = {
  name: 'the public host and the Service are accepted, others are not',
  async run(ctx) {
    const { instance } = ctx;
    for (const host of [instance.spec.host, serviceHost(instance)]) {
      const { status } = await askExperimentsInside(ctx, host);
      if (status !== 200) {
        throw failed(
          `an API call of the reader to ${host} answers ${status} instead of 200; check the allowed hosts of the release.`,
        );
      }
    }
    for (const host of foreignHosts(ctx)) {
      const { status } = await askExperimentsInside(ctx, host);
      if (status !== 403) {
        throw failed(
          `the foreign host ${host} is answered with ${status} instead of 403; check the allowed hosts of the release.`,
        );
      }
    }
  },
};

const ingress: Check = {
  name: 'the ingress reaches the server, and only with login',
  async run(ctx) {
    const { anonymous } = ctx.instance.release.behaviour;
    const answer = await askExperimentsAnonymously(ctx);
    if (!anonymous.includes(answer.status)) {
      throw failed(
        `https://${
          ctx.instance.spec.host
        } answers an API call without login with ${
          answer.status
        } instead of ${anonymous.join(
          ' or ',
        )}; check the ingress and what else claims that host.`,
      );
    }
  },
};

const login: Check = {
  name: 'login leads to Keycloak, which accepts client and redirect',
  async run(ctx) {
    const answer = await askLogin(ctx);
    if (answer.status !== 302 || !answer.location) {
      throw failed(
        `/login answers ${answer.status} instead of leading to Keycloak; check that pods reach Keycloak and trust its certificate.`,
      );
    }
    assertLoginAddress(new URL(answer.location), ctx);
    const page = await askLoginPage(ctx, answer.location);
    if (page.status !== 200) {
      throw new ServiceUnavailableError(
        `Keycloak: the login page of client ${ctx.instance.names.client} answers ${page.status}; check the client's redirect URI and its scope "groups".`,
      );
    }
  },
};

function assertLoginAddress(address: URL, ctx: CheckContext) {
  const { instance, platform } = ctx;
  const { url, realm } = platform.config.keycloak;
  const wanted = `${url.replace(/\/$/, '')}/realms/${realm}/`;
  if (!address.href.startsWith(wanted)) {
    throw failed(
      `/login leads to ${address.origin}${address.pathname} instead of ${wanted}; check Keycloak's hostname setting.`,
    );
  }
  const client = address.searchParams.get('client_id');
  const redirect = address.searchParams.get('redirect_uri');
  if (client !== instance.names.client) {
    throw failed(
      `/login names the client ${client} instead of ${instance.names.client}.`,
    );
  }
  if (redirect !== instanceUrls(instance.spec).redirect) {
    throw failed(
      `/login sends people back to ${redirect} instead of ${
        instanceUrls(instance.spec).redirect
      }.`,
    );
  }
}

const reads: Check = {
  name: 'a logged-in client reads experiments',
  run: async ctx => assertReads(ctx, await askExperiments(ctx), 'experiments'),
};

const artifacts: Check = {
  name: 'artifacts can be listed',
  run: async ctx =>
    assertReads(ctx, await askArtifacts(ctx), 'the artifact store'),
};

function assertReads(ctx: CheckContext, answer: MlflowAnswer, what: string) {
  if (!isJson(answer) || answer.status !== 200) {
    throw failed(
      answer.text.includes('s3://')
        ? `the object store refuses the server's key for bucket ${ctx.instance.names.bucket}; run mlflow:bucket:ensure again.`
        : `reading ${what} as ${ctx.instance.names.readerClient} answers ${answer.status}; check the reader's audience in Keycloak and its permissions in MLflow.`,
    );
  }
}

function isJson(answer: MlflowAnswer): boolean {
  return answer.contentType.startsWith('application/json');
}

const metrics: Check = {
  name: 'metrics can be scraped in the cluster, and not from outside',
  async run(ctx) {
    if (ctx.instance.spec.metrics) {
      const { status, text } = await askMetrics(ctx);
      if (status !== 200 || !text.includes('# HELP')) {
        throw failed(
          `/metrics answers ${status} in the cluster; check that the image has prometheus-flask-exporter.`,
        );
      }
    }
    for (const path of ['/metrics', '/metrics/', '//metrics', '/%6detrics']) {
      const answer = await ctx.mlflow.request(path, { signal: ctx.signal });
      if (answer.text.includes('# HELP')) {
        throw failed(
          `${path} can be read from outside without login; check the Ingress mlflow-guard.`,
        );
      }
    }
  },
};

/** In the order in which a person would look. */
export const CHECKS: Check[] = [
  ready,
  hosts,
  ingress,
  login,
  reads,
  artifacts,
  metrics,
];

/** A running pod of the server. */
export async function findServerPod(ctx: StepContext): Promise<string> {
  const { names } = ctx.instance;
  const pods = await ctx.platform.kubernetes.list<V1Pod>(
    {
      apiVersion: 'v1',
      kind: 'Pod',
      namespace: names.namespace,
      labelSelector: `app.kubernetes.io/instance=${names.release}`,
    },
    ctx.signal,
  );
  const pod = serverPod(pods.items);
  if (!pod) {
    throw new ServiceUnavailableError(
      `Kubernetes: no pod of release ${names.namespace}/${names.release} is running; run mlflow:release:deploy again.`,
    );
  }
  return pod;
}
