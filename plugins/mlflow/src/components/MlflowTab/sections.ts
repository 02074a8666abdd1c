import { InstanceStatus } from 'backstage-plugin-mlflow-common';
import { ComponentType, lazy } from 'react';

/** What every section is given. */
export interface SectionProps {
  entityRef: string;
  status: InstanceStatus;
}

/** The sections of the tab, each loaded when it is opened. */
export const SECTIONS = {
  overview: lazy(() =>
    import('../InstanceOverview').then(m => ({ default: m.InstanceOverview })),
  ),
  workload: lazy(() =>
    import('../InstanceWorkload').then(m => ({ default: m.InstanceWorkload })),
  ),
  logs: lazy(() =>
    import('../InstanceLogs').then(m => ({ default: m.InstanceLogs })),
  ),
  events: lazy(() =>
    import('../InstanceEvents').then(m => ({ default: m.InstanceEvents })),
  ),
  holdings: lazy(() =>
    import('../InstanceHoldings').then(m => ({ default: m.InstanceHoldings })),
  ),
  history: lazy(() =>
    import('../InstanceHistory').then(m => ({ default: m.InstanceHistory })),
  ),
  drift: lazy(() =>
    import('../InstanceDrift').then(m => ({ default: m.InstanceDrift })),
  ),
  audit: lazy(() =>
    import('../InstanceAudit').then(m => ({ default: m.InstanceAudit })),
  ),
  metrics: lazy(() =>
    import('../InstanceMetrics').then(m => ({ default: m.InstanceMetrics })),
  ),
  login: lazy(() =>
    import('../LoginCheck').then(m => ({ default: m.LoginCheck })),
  ),
} as const satisfies Record<string, ComponentType<SectionProps>>;

/** Name of a section, as in the address of the page. */
export type SectionName = keyof typeof SECTIONS;

/** The names of all sections, in their order on the page. */
export const SECTION_NAMES: readonly SectionName[] = [
  'overview',
  'workload',
  'logs',
  'events',
  'holdings',
  'history',
  'drift',
  'audit',
  'metrics',
  'login',
];

/** The section that an address names; the first one when it names none. */
export const sectionOf = (name: string | null): SectionName =>
  SECTION_NAMES.find(known => known === name) ?? 'overview';
