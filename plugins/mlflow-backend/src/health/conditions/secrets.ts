import { Facts } from '../../diagnostics/Facts';
import { bad, good, judge, Judgement } from './Judgement';

/** Whether the Secrets are there that pods read. */
export function judgeSecrets({ cluster, instance }: Facts): Judgement {
  return judge(cluster, ({ secrets }) => {
    const missing = Object.values(instance.names.secrets).filter(
      name => !secrets.some(found => found.name === name),
    );
    const empty = secrets.flatMap(({ name, empty: keys }) =>
      keys.map(key => `${name}: ${key}`),
    );
    if (missing.length > 0) {
      return bad('SecretMissing', `There is no Secret ${missing.join(', ')}.`);
    }
    return empty.length > 0
      ? bad('ValueMissing', `Without a value: ${empty.join(', ')}.`)
      : good('Present', 'All Secrets are there.');
  });
}
