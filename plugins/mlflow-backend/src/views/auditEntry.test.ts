import { auditEntry } from './auditEntry';

const line = (fields: object = {}) =>
  JSON.stringify({
    timestamp: '2026-11-24T14:30:24.725649+00:00',
    event: 'user.create',
    actor: 'admin@example.com',
    resource_type: 'user',
    resource_id: 'member@example.com',
    detail: { is_admin: false },
    status: 'success',
    ...fields,
  });

describe('auditEntry', () => {
  it('reads a line of the server', () => {
    expect(auditEntry(line())).toEqual({
      at: '2026-11-24T14:30:24.725Z',
      event: 'user.create',
      user: 'admin@example.com',
      detail: 'user=member@example.com is_admin=false',
      denied: false,
    });
  });

  it.each<[string, object, object]>([
    ['what was denied', { status: 'denied' }, { denied: true }],
    [
      'an event without a resource',
      { resource_type: null, resource_id: null, detail: { method: 'oidc' } },
      { detail: 'method=oidc' },
    ],
    [
      'an event without detail',
      { detail: null },
      { detail: 'user=member@example.com' },
    ],
    [
      'a resource without a name',
      { resource_id: null, detail: {} },
      { detail: 'user=' },
    ],
    [
      'lists and objects',
      { detail: { groups: ['a', 'b'], to: { x: 1 } } },
      { detail: 'user=member@example.com groups=["a","b"] to={"x":1}' },
    ],
    [
      'text over several lines',
      { detail: { error: 'one\ntwo' } },
      { detail: 'user=member@example.com error=one two' },
    ],
  ])('reads %s', (_, fields, expected) => {
    expect(auditEntry(line(fields))).toMatchObject(expected);
  });

  it.each([
    { token: 'hidden' },
    { code: 'hidden' },
    { access_token: 'hidden', refresh_token: 'hidden' },
    { password: 'hidden words' },
    { nested: { client_secret: 'hidden' } },
    { made: 'mlf_12345678_hidden' },
    { cookie: 'session=hidden' },
    { url: 'https://x.example.com/callback?state=hidden&code=hidden' },
    { header: 'Bearer hidden-token' },
  ])('hides what %j holds', detail => {
    expect(auditEntry(line({ detail }))?.detail).not.toContain('hidden');
  });

  it('shortens what is long', () => {
    const entry = auditEntry(line({ detail: { x: 'y'.repeat(1000) } }));
    expect(entry?.detail).toHaveLength(501);
  });

  it.each([
    '2026/11/24 14:30:24 INFO: 10.244.0.1:60466 - "POST /api HTTP/1.1" 201',
    '{"error": "no audit line"}',
    '{"timestamp": "2026-11-24T14:30:24Z", "event":',
    line({ timestamp: 'now' }),
    line({ event: 'no event' }),
    '',
  ])('finds none in %s', text => expect(auditEntry(text)).toBeUndefined());
});
