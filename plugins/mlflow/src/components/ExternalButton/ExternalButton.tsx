import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonLink, VisuallyHidden } from '@backstage/ui';
import { RiExternalLinkLine } from '@remixicon/react';
import { mlflowTranslationRef } from '../../translation';

/** A link out of the portal, which says that it opens another tab. */
export const ExternalButton = (props: {
  href: string;
  variant: 'primary' | 'secondary';
  children: string;
}) => {
  const { t } = useTranslationRef(mlflowTranslationRef);
  return (
    <ButtonLink
      href={props.href}
      variant={props.variant}
      target="_blank"
      rel="noopener noreferrer"
      iconEnd={<RiExternalLinkLine aria-hidden="true" />}
    >
      {props.children}
      <VisuallyHidden>{t('links.newTab')}</VisuallyHidden>
    </ButtonLink>
  );
};
