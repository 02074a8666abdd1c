import { Facts } from '../../diagnostics/Facts';
import { answered } from '../../diagnostics/facts/serverFacts';
import { bad, good, judge, Judgement, unknown } from './Judgement';

/** Whether Prometheus would get metrics. */
export function judgeMetrics({ server, instance }: Facts): Judgement {
  if (!instance.spec.metrics) {
    return good('NotWanted', 'Nobody asked for metrics.');
  }
  return judge(server, ({ metrics }) => {
    const answer = answered(metrics);
    if (!answer) {
      return unknown(
        'NotAnswered',
        metrics && 'failure' in metrics
          ? metrics.failure
          : 'No server runs that could be asked.',
      );
    }
    // Of a long answer only the beginning is kept, which is such a line.
    return answer.status === 200 && answer.text.includes('# HELP')
      ? good('Exposed', 'Metrics can be scraped in the cluster.')
      : bad(
          'NotExposed',
          `/metrics answers ${answer.status} in the cluster. Check that the image has prometheus-flask-exporter.`,
        );
  });
}
