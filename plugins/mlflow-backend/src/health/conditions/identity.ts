import { Facts } from '../../diagnostics/Facts';
import { bad, good, judge, Judgement } from './Judgement';

/** Whether the identity provider knows the client that the server logs in by. */
export function judgeIdentity({ identity, instance }: Facts): Judgement {
  const { client: id } = instance.names;
  return judge(identity, ({ discovery, held, realm }) => {
    if (!discovery.ok) {
      return bad('DiscoveryFailed', discovery.message);
    }
    return judge(held, ({ client, secretMatches }) => {
      if (!client) {
        return bad('ClientMissing', `Realm ${realm} has no client ${id}.`);
      }
      if (secretMatches === false) {
        return bad(
          'SecretDiffers',
          `The server has another secret than client ${id}.`,
        );
      }
      return good('ClientKnown', `Realm ${realm} has client ${id}.`);
    });
  });
}
