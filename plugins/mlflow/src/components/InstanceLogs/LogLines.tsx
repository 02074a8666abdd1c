import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { LogLine } from 'backstage-plugin-mlflow-common';
import { useLayoutEffect, useRef } from 'react';
import { mlflowLogTranslationRef } from '../../logTranslation';
import { Mark } from '../Mark';
import { useLanguage } from '../RelativeTime';
import { Scrollable } from '../Scrollable';
import { knownLine } from './knownLines';

const Line = (props: { line: LogLine; language: string }) => {
  const { line, language } = props;
  const { t } = useTranslationRef(mlflowLogTranslationRef);
  const known = knownLine(line.text);
  return (
    <li
      style={{
        display: 'flex',
        gap: 'var(--bui-space-3)',
        // What is out of sight costs no layout.
        contentVisibility: 'auto',
        containIntrinsicSize: 'auto 1.5em',
      }}
    >
      <time dateTime={line.time} style={{ flex: 'none' }}>
        {new Date(line.time).toLocaleTimeString(language)}
      </time>
      <span style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
        {line.text}
        {known && (
          <span
            style={{
              display: 'block',
              fontFamily: 'var(--bui-font-regular)',
              whiteSpace: 'normal',
            }}
          >
            <Mark tone={known.normal ? 'good' : 'warning'}>
              {t(known.name)}
            </Mark>
          </span>
        )}
      </span>
    </li>
  );
};

/** The lines of a log, known ones explained in their place. */
export const LogLines = (props: {
  label: string;
  lines: LogLine[];
  /** Keeps the newest line in sight. */
  follow: boolean;
}) => {
  const { label, lines, follow } = props;
  const language = useLanguage();
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (follow && box.current) {
      box.current.scrollTop = box.current.scrollHeight;
    }
  }, [follow, lines]);
  return (
    <Scrollable
      ref={box}
      role="region"
      label={label}
      style={{
        maxHeight: '60vh',
        padding: 'var(--bui-space-2)',
        border: '1px solid var(--bui-border-2)',
        color: 'var(--bui-fg-primary)',
        background: 'var(--bui-bg-app)',
        fontFamily: 'var(--bui-font-monospace)',
        fontSize: 'var(--bui-font-size-2)',
      }}
    >
      <ol style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {lines.map((line, index) => (
          <Line key={`${line.time} ${index}`} line={line} language={language} />
        ))}
      </ol>
    </Scrollable>
  );
};
