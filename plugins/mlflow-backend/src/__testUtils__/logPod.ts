import { V1Pod } from '@kubernetes/client-node';
import { mockServices } from '@backstage/backend-test-utils';
import { Platform } from '../platform/Platform';
import { Instance } from '../steps/Step';
import { INSTANCE_LABEL } from '../systems/kubernetes/labels';
import { ImageBuilder } from '../systems/registry/ImageBuilder';
import { RegistryClient } from '../systems/registry/RegistryClient';
import { clusterAdmin } from './clusterAdmin';
import { eventually } from './eventually';
import { createImageFixture, FIXTURE_VERSION } from './imageFixture';

/** Writes its lines and fails; the second time it writes others and stays. */
const script = (first: string[], second: string[]) => {
  const print = (lines: string[]) => `cat <<'END'\n${lines.join('\n')}\nEND`;
  return `if [ ! -e /tmp/ran ]; then
touch /tmp/ran
${print(first)}
exit 1
fi
${print(second)}
sleep 600
`;
};

/**
 * A pod that stands for the server of an instance: it runs on the sandbox's node
 * and has a log, also of the container before its restart. It goes with its
 * namespace.
 *
 * @returns the pod once its second container runs
 */
export async function startLogPod(
  platform: Platform,
  { names, spec }: Instance,
  lines: { before: string[]; now: string[] },
): Promise<V1Pod> {
  const { namespace } = names;
  const key = { apiVersion: 'v1', kind: 'Pod', name: 'server', namespace };
  await clusterAdmin().create<V1Pod>({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: key.name,
      namespace,
      labels: {
        [INSTANCE_LABEL]: spec.name,
        'app.kubernetes.io/instance': names.release,
      },
    },
    spec: {
      restartPolicy: 'OnFailure',
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 0,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 1001,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          name: 'mlflow',
          image: await buildImage(platform),
          command: ['sh', '-c', script(lines.before, lines.now)],
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ['ALL'] },
          },
          volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
        },
      ],
      volumes: [{ name: 'tmp', emptyDir: {} }],
    },
  });
  let pod: V1Pod | undefined;
  await eventually(
    'the pod runs a second time',
    async () => {
      pod = await platform.kubernetes.get<V1Pod>(key);
      const [container] = pod?.status?.containerStatuses ?? [];
      return container?.restartCount === 1 && Boolean(container.state?.running);
    },
    { seconds: 90 },
  );
  return pod ?? {};
}

/**
 * The small image of the fixture, in the sandbox's registry. It is the same each
 * time, so that it is built once.
 */
async function buildImage({ config, fetch }: Platform): Promise<string> {
  const image = {
    ...config.image,
    push: `${config.image.push}-test-pod`,
    pull: `${config.image.pull}-test-pod`,
  };
  const fixture = await createImageFixture();
  try {
    await fixture.write(`requirements-${fixture.line}.txt`, '');
    const builder = new ImageBuilder(
      image,
      RegistryClient.fromConfig({ ...config, image }, fetch),
      mockServices.logger.mock(),
      fixture.folder,
    );
    const digest = await builder.ensure(
      { line: fixture.line, mlflow: FIXTURE_VERSION },
      { signal: AbortSignal.timeout(120_000), log: () => undefined },
    );
    return `${image.pull}@${digest}`;
  } finally {
    await fixture.remove();
  }
}
