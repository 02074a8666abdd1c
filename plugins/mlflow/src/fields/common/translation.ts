import { ApiHolder } from '@backstage/core-plugin-api';
import {
  TranslationFunction,
  translationApiRef,
  TranslationRef,
} from '@backstage/frontend-plugin-api';
import { mlflowFormTranslationRef } from '../../formTranslation';

type MessagesOf<T> = T extends TranslationRef<string, infer M> ? M : never;

/** Translates the words of the plugin. */
export type Translate = TranslationFunction<
  MessagesOf<typeof mlflowFormTranslationRef>
>;

/**
 * The words of the plugin outside of a component; waits for the language.
 */
export function translation(apiHolder: ApiHolder): Promise<Translate> {
  const api = apiHolder.get(translationApiRef);
  return new Promise((resolve, reject) => {
    const now = api?.getTranslation(mlflowFormTranslationRef);
    if (now?.ready) {
      resolve(now.t);
      return;
    }
    const subscription = api?.translation$(mlflowFormTranslationRef).subscribe({
      next: snapshot => {
        if (snapshot.ready) {
          subscription?.unsubscribe();
          resolve(snapshot.t);
        }
      },
      error: reject,
    });
  });
}
