import { parseEntityRef } from '@backstage/catalog-model';
import { humanizeEntityRef } from '@backstage/plugin-catalog-react';
import { FieldControl } from '../common';

/** What both ways to choose an owner take. */
export interface OwnerChoice {
  control: FieldControl;
  /** Entity reference of a group. */
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  isInvalid: boolean;
}

/** A group as people call it, from its reference alone. */
export const groupLabel = (ref: string) =>
  humanizeEntityRef(parseEntityRef(ref), {
    defaultKind: 'group',
    defaultNamespace: 'default',
  });
