import { AuthService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { instanceNames, instanceOfGroup } from 'backstage-plugin-mlflow-common';
import { ImportedGroup, importedGroups } from '../catalog/importedGroups';
import { Platform } from '../platform/Platform';
import { PlatformsService } from '../platform/PlatformsService';
import { abortable } from '../systems/abortable';
import { FoundGroups, searchGroups } from '../systems/keycloak/groupSearch';
import { InstanceSources } from '../watch/InstanceSources';

/** How long the groups of a realm are taken as known. */
const KNOWN_MS = 60_000;

/** A form waits no longer for Keycloak and the catalog. */
const ASK_MS = 3_000;

/** Part of the name of every group of an instance. */
const NAMED = 'mlflow';

/** What says which groups there are. */
export interface GroupSources {
  auth: AuthService;
  catalog: CatalogService;
  platforms: PlatformsService;
  sources: InstanceSources;
}

/**
 * The groups that say who may use an instance, and therefore own none: those of
 * the records, those that bear the mark of any portal in Keycloak, and those
 * that went from Keycloak with their instance while the catalog still has them.
 */
export class InstanceGroups {
  readonly #from: GroupSources;
  readonly #askMs: number;
  readonly #known = new Map<
    string,
    { names: Promise<string[]>; until: number }
  >();

  /** @param options - `askMs`: how long Keycloak and the catalog have to answer */
  constructor(from: GroupSources, options: { askMs?: number } = {}) {
    this.#from = from;
    this.#askMs = options.askMs ?? ASK_MS;
  }

  /** Their names; of the records alone while Keycloak or the catalog is away. */
  async names(): Promise<ReadonlySet<string>> {
    const { platforms, sources } = this.#from;
    const lists = await Promise.all(
      platforms
        .list()
        .map(entry =>
          'platform' in entry ? this.#ofRealm(entry.platform) : [],
        ),
    );
    return new Set([...groupsOfRecords(sources), ...lists.flat()]);
  }

  #ofRealm(platform: Platform): Promise<string[]> {
    const known = this.#known.get(platform.name);
    if (known && Date.now() < known.until) {
      return known.names;
    }
    const signal = AbortSignal.timeout(this.#askMs);
    const names = abortable(this.#ask(platform, signal), signal)
      // To offer a group too many is better than to offer none.
      .catch(() => []);
    this.#known.set(platform.name, { names, until: Date.now() + KNOWN_MS });
    return names;
  }

  async #ask({ keycloak }: Platform, signal: AbortSignal): Promise<string[]> {
    const { auth } = this.#from;
    const [found, imported] = await Promise.all([
      searchGroups(keycloak, NAMED, signal),
      importedGroups(
        this.#from,
        keycloak.realm,
        await auth.getOwnServiceCredentials(),
      ),
    ]);
    return groupsOfInstances(found, imported);
  }
}

function groupsOfRecords(sources: InstanceSources): string[] {
  return sources
    .list()
    .flatMap(source => source.list())
    .flatMap(({ record }) => {
      const { adminGroup, userGroup } = instanceNames(record.spec.name);
      return [adminGroup, userGroup];
    });
}

/**
 * Names of groups that are of an instance, by what a realm says and by what the
 * catalog has of it.
 */
export function groupsOfInstances(
  { groups, complete }: FoundGroups,
  imported: ImportedGroup[],
): string[] {
  const marks = new Map(groups.map(({ id, mark }) => [id, mark]));
  const isOfInstance = ({ id, name }: ImportedGroup) =>
    marks.has(id)
      ? marks.get(id) !== undefined
      : complete && instanceOfGroup(name) !== undefined;
  return [
    ...groups.filter(({ mark }) => mark !== undefined),
    ...imported.filter(isOfInstance),
  ].map(({ name }) => name);
}
