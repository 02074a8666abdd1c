import {
  RiAlertLine,
  RiCheckboxCircleLine,
  RiErrorWarningLine,
  RiLoader4Line,
  RiQuestionLine,
} from '@remixicon/react';
import { InstancePhase } from 'backstage-plugin-mlflow-common';
import { ReactNode } from 'react';

/** How something is. */
export type Tone = 'good' | 'busy' | 'warning' | 'bad' | 'unknown';

const LOOKS: Record<Tone, { Icon: typeof RiAlertLine; color: string }> = {
  good: { Icon: RiCheckboxCircleLine, color: 'var(--bui-fg-positive)' },
  busy: { Icon: RiLoader4Line, color: 'var(--bui-fg-announcement)' },
  warning: { Icon: RiAlertLine, color: 'var(--bui-fg-warning)' },
  bad: { Icon: RiErrorWarningLine, color: 'var(--bui-fg-negative)' },
  unknown: { Icon: RiQuestionLine, color: 'var(--bui-fg-secondary)' },
};

export const PHASE_TONES: Record<InstancePhase, Tone> = {
  Ready: 'good',
  Progressing: 'busy',
  Degraded: 'warning',
  Failed: 'bad',
  Unknown: 'unknown',
};

/** A word with a sign before it; the word alone says all. */
export const Mark = (props: { tone: Tone; children: ReactNode }) => {
  const { Icon, color } = LOOKS[props.tone];
  return (
    <span
      style={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 'var(--bui-space-1)',
      }}
    >
      <Icon size={16} color={color} aria-hidden style={{ flex: 'none' }} />
      <span>{props.children}</span>
    </span>
  );
};
