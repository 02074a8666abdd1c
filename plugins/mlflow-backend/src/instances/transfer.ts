import { ConflictError } from '@backstage/errors';
import { WantedAccess } from '../steps/access';
import { InstanceRecord } from './InstanceRecord';

/** @throws ConflictError while a run is not done, whose rights hang on the owner */
export function assertTransferable({ run, spec }: InstanceRecord): void {
  if (run.state !== 'done') {
    throw new ConflictError(
      `Instance ${spec.platform}/${spec.name} is not finished (${run.state}). Continue it or undo it from its page, then transfer it.`,
    );
  }
}

/** The record with another owner; the same one when nothing changes. */
export function transferred(
  record: InstanceRecord,
  owner: string,
): InstanceRecord {
  return record.spec.owner === owner
    ? record
    : {
        ...record,
        generation: record.generation + 1,
        spec: { ...record.spec, owner },
      };
}

/** Accounts of Keycloak in the groups of an instance. */
export interface Accounts {
  admins: string[];
  users: string[];
}

/**
 * Who can still log in though nothing about the new owner says so.
 *
 * @param members - Keycloak ids of who is in the groups now
 * @param known - people by whom ids can be told
 * @returns one line a person, and one for those whom the catalog does not know
 */
export function keepers(
  members: Accounts,
  wanted: WantedAccess,
  known: { id: string; ref: string }[],
): string[] {
  const expected = new Set([...wanted.admins, ...wanted.users].map(p => p.id));
  const left = (ids: string[]) => ids.filter(id => !expected.has(id));
  const nameOf = (id: string) => known.find(person => person.id === id)?.ref;
  const admins = left(members.admins);
  const users = left(members.users).filter(id => !admins.includes(id));
  const strangers = [...admins, ...users].filter(id => !nameOf(id)).length;
  const named = (ids: string[], as: string) =>
    ids.flatMap(id => {
      const ref = nameOf(id);
      return ref ? [`${ref} as ${as}`] : [];
    });
  return [
    ...named(admins, 'admin'),
    ...named(users, 'user'),
    ...(strangers > 0 ? [`${strangers} whom the catalog does not know`] : []),
  ];
}
