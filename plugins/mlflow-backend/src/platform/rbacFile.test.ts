import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { REQUIRED_RIGHTS } from './requiredRights';

const FILE = path.join(__dirname, '../../kubernetes/rbac.yaml');

/** What only the check of a platform needs. */
const BESIDES = ['create authorization.k8s.io/selfsubjectaccessreviews'];

const role = z.object({
  kind: z.enum(['Role', 'ClusterRole']),
  metadata: z.object({ namespace: z.string().optional() }),
  rules: z.array(
    z.object({
      apiGroups: z.array(z.string()),
      resources: z.array(z.string()),
      verbs: z.array(z.string()),
    }),
  ),
});

const right = (verb: string, group: string, resource: string) =>
  `${verb} ${group}/${resource}`;

function granted(kind: 'Role' | 'ClusterRole'): string[] {
  return parseAllDocuments(readFileSync(FILE, 'utf8'))
    .flatMap(document => role.safeParse(document.toJS()).data ?? [])
    .filter(found => found.kind === kind)
    .flatMap(({ rules }) => rules)
    .flatMap(({ apiGroups, resources, verbs }) =>
      apiGroups.flatMap(group =>
        resources.flatMap(resource =>
          verbs.map(verb => right(verb, group, resource)),
        ),
      ),
    )
    .sort();
}

function required(recordsOnly: boolean): string[] {
  return REQUIRED_RIGHTS.filter(
    found => Boolean(found.recordsOnly) === recordsOnly,
  ).flatMap(({ group, resource, verbs }) =>
    verbs.map(verb => right(verb, group, resource)),
  );
}

describe('kubernetes/rbac.yaml', () => {
  it('grants in the cluster what is required, and nothing else', () => {
    expect(granted('ClusterRole')).toEqual(
      [...required(false), ...BESIDES].sort(),
    );
  });

  it('grants in the namespace of the records what is required there alone', () => {
    expect(granted('Role')).toEqual(required(true).sort());
  });
});
