import type { Patient } from './Patient.ts';
import type { Realm } from './Realm.ts';

interface Mapper {
  id: string;
  config: Record<string, string>;
}

interface Scope {
  id: string;
  name: string;
  protocolMappers: [Mapper];
}

/** The client scope that writes groups into tokens; one for all instances. */
export async function groupsScope(realm: Realm): Promise<Scope> {
  const scopes = (await realm.call<Scope[]>('GET', '/client-scopes')) ?? [];
  const found = scopes.find(({ name }) => name === 'groups');
  if (!found) throw new Error('no client scope groups');
  return found;
}

/** Sets values of its mapper. The mend puts the mapper back as it was. */
export async function changeGroupsMapper(
  { onMend, realm }: Patient,
  values: Record<string, string>,
): Promise<void> {
  const { id, protocolMappers } = await groupsScope(realm);
  const [mapper] = protocolMappers;
  const put = (config: Record<string, string>) =>
    realm.call(
      'PUT',
      `/client-scopes/${id}/protocol-mappers/models/${mapper.id}`,
      { ...mapper, config },
    );
  onMend(() => put(mapper.config));
  await put({ ...mapper.config, ...values });
}
