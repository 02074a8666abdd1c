import { V1Job } from '@kubernetes/client-node';
import { SIZES } from 'backstage-plugin-mlflow-common';
import { PlatformConfig } from '../platform/config';
import { CA_BUNDLE_PATH } from '../releases/Release';
import { CA_CONFIG_MAP } from '../releases/values';
import { markedMetadata } from '../systems/kubernetes/marks';
import { Instance } from './Step';

/** Annotation with the image that a Job ran. */
export const IMAGE_ANNOTATION = 'mlflow.org/image';

/** A Job that runs a Python script in the server's own image and environment. */
export function serverJob(options: {
  instance: Instance;
  platform: PlatformConfig;
  image: { repository: string; tag: string };
  name: string;
  script: string;
}): V1Job {
  const { instance, platform, name, script } = options;
  const { names, spec } = instance;
  const image = `${options.image.repository}:${options.image.tag}`;
  const database = platform.postgres.inCluster ?? platform.postgres;
  const size = SIZES[spec.size];
  const metadata = markedMetadata(instance, name, names.namespace);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      ...metadata,
      annotations: { ...metadata.annotations, [IMAGE_ANNOTATION]: image },
    },
    spec: {
      backoffLimit: 0,
      activeDeadlineSeconds: 1800,
      template: {
        metadata: { labels: metadata.labels },
        spec: {
          restartPolicy: 'Never',
          automountServiceAccountToken: false,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 1001,
            runAsGroup: 1001,
            fsGroup: 1001,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [
            {
              name,
              image,
              command: ['python', '-c', script],
              envFrom: [
                { secretRef: { name: names.secrets.oidc } },
                { secretRef: { name: names.secrets.objectStore } },
              ],
              env: [
                { name: 'HOME', value: '/tmp' },
                { name: 'PGHOST', value: database.host },
                { name: 'PGPORT', value: String(database.port) },
                { name: 'PGDATABASE', value: names.trackingDatabase },
                { name: 'PGSSLMODE', value: platform.postgres.sslMode },
                { name: 'PGSSLROOTCERT', value: CA_BUNDLE_PATH },
                secretVariable('PGUSER', names.secrets.database, 'username'),
                secretVariable(
                  'PGPASSWORD',
                  names.secrets.database,
                  'password',
                ),
              ],
              resources: {
                requests: {
                  cpu: size.cpu.request,
                  memory: size.memory.request,
                },
                limits: { cpu: size.cpu.limit, memory: size.memory.limit },
              },
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ['ALL'] },
              },
              volumeMounts: [
                { name: 'tmp', mountPath: '/tmp' },
                {
                  name: 'platform-ca',
                  mountPath: CA_BUNDLE_PATH.slice(
                    0,
                    CA_BUNDLE_PATH.lastIndexOf('/'),
                  ),
                  readOnly: true,
                },
              ],
            },
          ],
          volumes: [
            { name: 'tmp', emptyDir: { sizeLimit: '1Gi' } },
            { name: 'platform-ca', configMap: { name: CA_CONFIG_MAP } },
          ],
        },
      },
    },
  };
}

function secretVariable(name: string, secret: string, key: string) {
  return { name, valueFrom: { secretKeyRef: { name: secret, key } } };
}
