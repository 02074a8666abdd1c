import { CoreV1Event, V1MicroTime } from '@kubernetes/client-node';
import { eventViews } from './events';

const time = (seconds: number) => new Date(Date.UTC(2026, 0, 2, 3, 4, seconds));

const event = (fields: Partial<CoreV1Event> = {}): CoreV1Event => ({
  involvedObject: { kind: 'Pod', name: 'mlflow-0' },
  metadata: { name: 'e' },
  type: 'Warning',
  reason: 'Unhealthy',
  message: 'Readiness probe failed\n',
  count: 2,
  lastTimestamp: time(1),
  ...fields,
});

describe('eventViews', () => {
  it('shows an event', () => {
    expect(eventViews([event()])).toEqual([
      {
        at: time(1).toISOString(),
        type: 'Warning',
        reason: 'Unhealthy',
        object: 'Pod mlflow-0',
        message: 'Readiness probe failed',
        count: 2,
      },
    ]);
  });

  it.each<[string, Partial<CoreV1Event>, object]>([
    [
      'a series',
      {
        series: { count: 7, lastObservedTime: new V1MicroTime(time(9)) },
        count: undefined,
      },
      { at: time(9).toISOString(), count: 7 },
    ],
    [
      'a single event of a newer reporter',
      {
        lastTimestamp: undefined,
        count: undefined,
        eventTime: new V1MicroTime(time(8)),
      },
      { at: time(8).toISOString(), count: 1 },
    ],
    ['what has no type', { type: undefined }, { type: 'Normal' }],
    [
      'what speaks of no name',
      { involvedObject: { kind: 'Node' } },
      { object: 'Node' },
    ],
    [
      'a secret',
      { message: 'Get "https://u:hidden@host/?code=hidden": refused' },
      { message: 'Get "https://u:***@host/?code=***": refused' },
    ],
  ])('understands %s', (_, fields, shown) => {
    expect(eventViews([event(fields)])).toMatchObject([shown]);
  });

  it('puts the newest first, and what was said again into one', () => {
    const views = eventViews([
      event({ lastTimestamp: time(3) }),
      event({ reason: 'Killing', lastTimestamp: time(2) }),
      event({ lastTimestamp: time(1), count: 5 }),
      event({
        involvedObject: { kind: 'Pod', name: 'other' },
        lastTimestamp: time(4),
      }),
    ]);
    expect(
      views.map(({ object, reason, count, at }) => [object, reason, count, at]),
    ).toEqual([
      ['Pod other', 'Unhealthy', 2, time(4).toISOString()],
      ['Pod mlflow-0', 'Unhealthy', 7, time(3).toISOString()],
      ['Pod mlflow-0', 'Killing', 2, time(2).toISOString()],
    ]);
  });

  it('shows the newest 200', () => {
    const many = Array.from({ length: 250 }, (_, i) =>
      event({ message: String(i), lastTimestamp: new Date(i * 1000) }),
    );
    const views = eventViews(many);
    expect(views).toHaveLength(200);
    expect(views[0].message).toBe('249');
  });
});
