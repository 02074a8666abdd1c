import { Facts } from '../../diagnostics/Facts';
import { answered, isReady } from '../../diagnostics/facts/serverFacts';
import { bad, good, judge, Judgement, unknown } from './Judgement';

/** Whether the server can list artifacts. */
export function judgeArtifacts({ server, instance }: Facts): Judgement {
  return judge(server, facts => {
    const answer = answered(facts.artifacts);
    if (!isReady(facts)) {
      return unknown(
        'ServerNotReady',
        'The server is not ready; what it can read is not judged before.',
      );
    }
    if (!answer) {
      const { artifacts } = facts;
      return unknown(
        'NotAnswered',
        'failure' in artifacts ? artifacts.failure : 'Nothing came.',
      );
    }
    if (answer.status === 200 && isJson(answer.contentType)) {
      return good('Listed', 'The server lists artifacts.');
    }
    return bad(
      'NotListed',
      `The server answers ${answer.status} when it is to list artifacts of bucket ${instance.names.bucket}.`,
    );
  });
}

function isJson(contentType: string): boolean {
  return contentType.startsWith('application/json');
}
