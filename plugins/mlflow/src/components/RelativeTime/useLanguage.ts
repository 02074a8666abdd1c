import { appLanguageApiRef, useApi } from '@backstage/frontend-plugin-api';

/** @returns BCP 47 tag of the app's language */
export const useLanguage = (): string =>
  useApi(appLanguageApiRef).getLanguage().language;
