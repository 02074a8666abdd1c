import { V1Secret } from '@kubernetes/client-node';
import { z } from 'zod';
import { foreignOwner } from '../kubernetes/marks';
import { VaultEntry } from '../vault/VaultClient';
import { partsOf, fieldManager, valuesOf } from './kubernetesSecret';
import { managedKeys } from './managedKeys';
import { SecretOwner, SecretValues } from './SecretStore';

/** Key of the custom metadata, and of the values, that bears the mark. */
const MARK = 'mlflow.org/mark';

/**
 * Says which part wrote which keys. It lies beside the values, as the mark does,
 * so that check-and-set covers all three.
 */
const PARTS = 'mlflow.org/parts';

const partsSchema = z.record(z.array(z.string()));

/** A secret as it lies in Vault: its values, and which part wrote which. */
export interface VaultDocument {
  values: SecretValues;
  parts: Record<string, string[]>;
}

/** What people see beside the path. */
export function metadataOf(instance: SecretOwner): Record<string, string> {
  return {
    [MARK]: instance.mark,
    'mlflow.org/instance': instance.spec.name,
    'managed-by': 'backstage-mlflow',
  };
}

/** Whose an entry is that is not the instance's; undefined when it is. */
export function foreignOwnerOf(
  entry: VaultEntry,
  instance: SecretOwner,
): string | undefined {
  const marks = [entry.metadata[MARK], entry.values?.[MARK]].filter(Boolean);
  if (marks.length > 0 && marks.every(mark => mark === instance.mark)) {
    return undefined;
  }
  const other = marks.find(mark => mark !== instance.mark);
  return other ? `it belongs to ${other}` : foreignOwner({});
}

/** The values of an entry and their parts. */
export function toDocument(entry: VaultEntry | undefined): VaultDocument {
  const {
    [MARK]: _mark,
    [PARTS]: parts = '{}',
    ...values
  } = entry?.values ?? {};
  return { values, parts: partsSchema.parse(parseObject(parts)) };
}

/** What is written to Vault. */
export function fromDocument(
  document: VaultDocument,
  mark: string,
): Record<string, string> {
  return {
    ...document.values,
    [MARK]: mark,
    [PARTS]: JSON.stringify(document.parts),
  };
}

/** A Secret that the other provider wrote, so that its values go on in Vault. */
export function adopt(secret: V1Secret | undefined): VaultDocument {
  const values = valuesOf(secret);
  const parts = secret ? partsOf(secret) : [];
  return {
    values,
    parts: Object.fromEntries(
      parts.map(part => [
        part,
        managedKeys(secret?.metadata?.managedFields, fieldManager(part)).filter(
          key => key in values,
        ),
      ]),
    ),
  };
}

/** What pods get: the values of some part, not what somebody added by hand. */
export function ofParts({ values, parts }: VaultDocument): SecretValues {
  const keys = new Set(Object.values(parts).flat());
  return Object.fromEntries(
    Object.entries(values).filter(([key]) => keys.has(key)),
  );
}

/** Sets values of a part; all others stay. */
export function withValues(
  document: VaultDocument,
  part: string,
  values: SecretValues,
): VaultDocument {
  const keys = new Set([
    ...(document.parts[part] ?? []),
    ...Object.keys(values),
  ]);
  return {
    values: { ...document.values, ...values },
    parts: { ...document.parts, [part]: [...keys].sort() },
  };
}

/** Drops a part; a key that another part wrote too stays. */
export function withoutPart(
  document: VaultDocument,
  part: string,
): VaultDocument {
  const { [part]: mine = [], ...parts } = document.parts;
  const kept = new Set(Object.values(parts).flat());
  return {
    values: Object.fromEntries(
      Object.entries(document.values).filter(
        ([key]) => kept.has(key) || !mine.includes(key),
      ),
    ),
    parts,
  };
}

function parseObject(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
