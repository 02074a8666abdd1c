import { useApi } from '@backstage/frontend-plugin-api';
import { LogLine, LogQuery } from 'backstage-plugin-mlflow-common';
import { useCallback, useRef } from 'react';
import { mlflowApiRef } from '../../api';
import { RemoteView, useRemote } from '../Remote';
import { mergeLines } from './mergeLines';

/** Milliseconds between two looks at a log that is followed. */
const FOLLOW_INTERVAL = 2000;

/** Lines to begin with. */
const FIRST_LINES = 500;

/** The log to read. */
export type LogChoice = Pick<LogQuery, 'pod' | 'container' | 'previous'>;

/** What is read of a log so far. */
export interface ReadLog {
  lines: LogLine[];
  /** There are older lines. */
  truncated: boolean;
}

/**
 * Reads one log, and what is new of it each 2 s while it is followed. For
 * another log the component has to be another one.
 */
export function useLog(
  entityRef: string,
  { pod, container, previous }: LogChoice,
  follow: boolean,
): { view: RemoteView<ReadLog>; refresh: () => void } {
  const api = useApi(mlflowApiRef);
  const read = useRef<ReadLog>();
  const ask = useCallback(async (): Promise<ReadLog> => {
    const before = read.current;
    const since = before?.lines.at(-1)?.time;
    const page = await api.getLogs(entityRef, {
      pod,
      container,
      previous,
      ...(since ? { since } : { lines: FIRST_LINES }),
    });
    read.current = {
      lines: mergeLines(before?.lines ?? [], page.lines),
      truncated: before?.truncated || (!since && page.truncated),
    };
    return read.current;
  }, [api, entityRef, pod, container, previous]);
  return useRemote(ask, follow ? { every: FOLLOW_INTERVAL } : {});
}
