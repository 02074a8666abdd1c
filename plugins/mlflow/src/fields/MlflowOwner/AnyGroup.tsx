import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Combobox } from '@backstage/ui';
import { useState } from 'react';
import { mlflowFormTranslationRef } from '../../formTranslation';
import { groupLabel, OwnerChoice } from './OwnerChoice';
import { useGroupSearch } from './useGroupSearch';

/** Any group of the catalog but those of instances, found by typing. */
export const AnyGroup = (
  props: OwnerChoice & {
    /** Names of groups that cannot be chosen. */
    except: string[];
  },
) => {
  const { control, value, onChange, isInvalid, except } = props;
  const { t } = useTranslationRef(mlflowFormTranslationRef);
  const [text, setText] = useState(value ? groupLabel(value) : '');
  const groups = useGroupSearch(text, except);
  return (
    <Combobox
      {...control}
      isInvalid={isInvalid}
      placeholder={t('fields.owner.search')}
      menuTrigger="focus"
      options={groups}
      search={{ mode: 'server', inputValue: text, onInputChange: setText }}
      value={value ?? null}
      onChange={key => {
        onChange(key === null ? undefined : String(key));
        const chosen = groups.find(group => group.id === key);
        if (chosen) {
          setText(chosen.label);
        }
      }}
    />
  );
};
