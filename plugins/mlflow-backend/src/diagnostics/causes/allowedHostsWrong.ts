import { Evidence } from 'backstage-plugin-mlflow-common';
import { MLFLOW_PORT } from '../../releases/Release';
import { allowedHosts } from '../../releases/values';
import { Cause } from '../Cause';
import { Facts, known } from '../Facts';
import { answered, Hop } from '../facts/serverFacts';
import { argumentOf } from '../facts/serverSettings';
import { settingEvidence } from '../podStates';

const VARIABLE = 'MLFLOW_SERVER_ALLOWED_HOSTS';
const OPTION = '--allowed-hosts';
const REFUSAL = /Invalid Host header/;

/** MLflow refuses calls by a name that it does not expect. */
export const allowedHostsWrong: Cause = {
  name: 'allowed-hosts-wrong',
  condition: 'Server',
  severity: 'error',
  template: 'mlflow-repair',
  detect(facts) {
    const server = known(facts.server);
    const evidence = [
      ...missingHosts(facts),
      ...refusal('through the ingress', server?.byHost),
      ...refusal('by the name of its Service', server?.byService),
    ];
    const { host } = facts.instance.spec;
    return evidence.length === 0
      ? undefined
      : {
          title: `MLflow does not take calls by all of its names; https://${host} is one of them.`,
          evidence,
          remedy: `Set the allowed hosts to ${allowedHosts(facts.instance).join(
            ',',
          )}; the repair does it.`,
          values: { host },
        };
  },
};

function refusal(how: string, hop: Hop | undefined): Evidence[] {
  const answer = answered(hop);
  return answer?.status === 403 && REFUSAL.test(answer.text)
    ? [
        {
          source: `MLflow: a call ${how}`,
          text: `403 ${answer.text.trim().slice(0, 200)}`,
        },
      ]
    : [];
}

/** The public name or the Service's is not among those that it was told. */
function missingHosts(facts: Facts): Evidence[] {
  const { instance, observed, cluster } = facts;
  const { release, namespace } = instance.names;
  const settings = known(cluster)?.settings;
  if (!settings || !observed.deployment) {
    return [];
  }
  const told = settings.plain[VARIABLE] ?? argumentOf(settings, OPTION);
  const allowed = (told ?? '').split(',').map(name => name.trim());
  const missing = [
    instance.spec.host,
    `${release}.${namespace}.svc.cluster.local:${MLFLOW_PORT}`,
  ].filter(wanted => !allowed.some(pattern => matches(pattern, wanted)));
  return missing.length === 0
    ? []
    : [
        settingEvidence(
          facts,
          VARIABLE,
          `${told ?? 'not set'}: without ${missing.join(', ')}`,
        ),
      ];
}

/** MLflow's patterns: `*` stands for any text. */
function matches(pattern: string, host: string): boolean {
  const parts = pattern
    .split('*')
    .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(host);
}
