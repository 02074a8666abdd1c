import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { ScaffolderOutputLink } from '@backstage/plugin-scaffolder-common';
import { ButtonLink, Flex } from '@backstage/ui';
import { ExternalButton } from '../ExternalButton';

/** The links that the template gives, in its order. */
export const OutputLinks = (props: { links: ScaffolderOutputLink[] }) => {
  const entityRoute = useRouteRef(entityRouteRef);
  return (
    <Flex gap="2" style={{ flexWrap: 'wrap' }}>
      {props.links.map(({ title, url, entityRef }, index) => {
        const variant = index === 0 ? 'primary' : 'secondary';
        if (entityRef) {
          return (
            <ButtonLink
              key={entityRef}
              variant={variant}
              href={entityRoute(parseEntityRef(entityRef))}
            >
              {title ?? entityRef}
            </ButtonLink>
          );
        }
        return url ? (
          <ExternalButton key={url} variant={variant} href={url}>
            {title ?? url}
          </ExternalButton>
        ) : null;
      })}
    </Flex>
  );
};
