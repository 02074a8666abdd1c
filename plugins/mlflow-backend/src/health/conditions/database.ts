import { Facts } from '../../diagnostics/Facts';
import { bad, good, judge, Judgement } from './Judgement';

/** Whether both databases take the credentials that the server has. */
export function judgeDatabase({ databases }: Facts): Judgement {
  return judge(databases, ({ tracking, auth }) => {
    const refusals = [tracking, auth].flatMap(({ name, login }) =>
      login.ok ? [] : [`${name}: ${login.message}`],
    );
    return refusals.length > 0
      ? bad('LoginRefused', refusals.join(' '))
      : good('LoginWorks', 'Both databases take the login of the server.');
  });
}
