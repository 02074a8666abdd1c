import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useState } from 'react';
import useAsync from 'react-use/esm/useAsync';
import useDebounce from 'react-use/esm/useDebounce';

/** Most groups shown at once; typing finds the others. */
const MOST = 20;

/** Milliseconds of rest in typing before the catalog is asked. */
const SEARCH_DELAY = 200;

/** A group to choose. */
export interface GroupOption {
  /** Entity reference. */
  id: string;
  label: string;
  description?: string;
}

function groupOption(group: Entity): GroupOption {
  const { namespace, name, title } = group.metadata;
  const full =
    !namespace || namespace === 'default' ? name : `${namespace}/${name}`;
  return title
    ? { id: stringifyEntityRef(group), label: title, description: full }
    : { id: stringifyEntityRef(group), label: full };
}

/**
 * The groups of the catalog that fit a text; those before while it is asked.
 *
 * @param except - names of groups that are not to be found; must be stable
 */
export function useGroupSearch(text: string, except: string[]): GroupOption[] {
  const catalog = useApi(catalogApiRef);
  const [term, setTerm] = useState('');
  const [found, setFound] = useState<GroupOption[]>([]);
  useDebounce(() => setTerm(text.trim()), SEARCH_DELAY, [text]);
  useAsync(async () => {
    const { items } = await catalog.queryEntities({
      query: {
        $all: [
          { kind: 'Group' },
          { $not: { 'metadata.name': { $in: except } } },
        ],
      },
      fields: ['kind', 'metadata.namespace', 'metadata.name', 'metadata.title'],
      orderFields: { field: 'metadata.name', order: 'asc' },
      limit: MOST,
      ...(term && {
        fullTextFilter: { term, fields: ['metadata.name', 'metadata.title'] },
      }),
    });
    setFound(items.map(groupOption));
  }, [catalog, term, except]);
  return found;
}
