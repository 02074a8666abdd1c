import { V1ConfigMap, V1Container } from '@kubernetes/client-node';
import { SecretFact, Settings } from './clusterFacts';

/** Names of the Secrets that a container reads its environment from. */
export function secretNamesOf(container: V1Container | undefined): string[] {
  const names = [
    ...(container?.envFrom ?? []).map(({ secretRef }) => secretRef?.name),
    ...(container?.env ?? []).map(
      ({ valueFrom }) => valueFrom?.secretKeyRef?.name,
    ),
  ];
  return [...new Set(names.flatMap(name => name ?? []))];
}

/** Names of the ConfigMaps that a container reads its environment from. */
export function configMapNamesOf(container: V1Container | undefined): string[] {
  const names = [
    ...(container?.envFrom ?? []).map(({ configMapRef }) => configMapRef?.name),
    ...(container?.env ?? []).map(
      ({ valueFrom }) => valueFrom?.configMapKeyRef?.name,
    ),
  ];
  return [...new Set(names.flatMap(name => name ?? []))];
}

/**
 * The environment of a container as Kubernetes puts it together: of two sources
 * the later one wins, and a variable of the container itself over both. Pure.
 */
export function settingsOf(
  container: V1Container | undefined,
  configMaps: V1ConfigMap[],
  secrets: SecretFact[],
): Settings {
  const settings: Settings = {
    plain: {},
    fromSecrets: {},
    args: [...(container?.command ?? []), ...(container?.args ?? [])],
  };
  const setPlain = (name: string, value: string) => {
    delete settings.fromSecrets[name];
    settings.plain[name] = value;
  };
  const setSecret = (name: string, secret: string, key: string) => {
    delete settings.plain[name];
    settings.fromSecrets[name] = { secret, key };
  };
  const dataOf = (name: string | undefined) =>
    configMaps.find(({ metadata }) => metadata?.name === name)?.data ?? {};

  for (const { configMapRef, secretRef, prefix = '' } of container?.envFrom ??
    []) {
    Object.entries(dataOf(configMapRef?.name)).forEach(([key, value]) =>
      setPlain(`${prefix}${key}`, value),
    );
    secrets
      .filter(({ name }) => name === secretRef?.name)
      .forEach(({ name, keys }) =>
        keys.forEach(key => setSecret(`${prefix}${key}`, name, key)),
      );
  }
  for (const { name, value, valueFrom } of container?.env ?? []) {
    const { secretKeyRef, configMapKeyRef } = valueFrom ?? {};
    if (secretKeyRef) {
      setSecret(name, secretKeyRef.name ?? '', secretKeyRef.key);
    } else if (configMapKeyRef) {
      setPlain(name, dataOf(configMapKeyRef.name)[configMapKeyRef.key] ?? '');
    } else if (!valueFrom) {
      setPlain(name, value ?? '');
    }
  }
  return settings;
}

/**
 * Value of an option of the command, written `--option=value` or as two words.
 */
export function argumentOf(
  { args }: Pick<Settings, 'args'>,
  option: string,
): string | undefined {
  const joined = args.find(text => text.startsWith(`${option}=`));
  if (joined !== undefined) {
    return joined.slice(option.length + 1);
  }
  const place = args.indexOf(option);
  return place === -1 ? undefined : args[place + 1];
}
