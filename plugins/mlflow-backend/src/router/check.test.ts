import request from 'supertest';
import { Portal, startPortal } from '../__testUtils__/portal';

const ENTITY = 'entity/default/component/mlflow-mine.test';

/** None of the platform's systems can be reached here. */
describe('POST /v1/entity/…/check', () => {
  let portal: Portal;

  beforeAll(async () => {
    portal = await startPortal();
  });

  const ask = (path: string) => ({
    post: () =>
      request(portal.server)
        .post(`/api/mlflow/v1/${path}`)
        .set('Authorization', portal.authorization('member')),
    get: () =>
      request(portal.server)
        .get(`/api/mlflow/v1/${path}`)
        .set('Authorization', portal.authorization('member')),
  });

  it('tells of each system that cannot be asked, and the status keeps it', async () => {
    const { body } = await ask(`${ENTITY}/check`).post().expect(200);

    expect(body).toMatchObject({ name: 'mine' });
    const conditionOf = (type: string) =>
      body.conditions.find(
        (condition: { type: string }) => condition.type === type,
      );
    expect(conditionOf('Secrets')).toMatchObject({
      status: 'Unknown',
      reason: 'NotAnswered',
      message: expect.stringMatching(/^Kubernetes: /),
    });
    expect(Date.now() - Date.parse(body.checkedAt)).toBeLessThan(60_000);

    const again = await ask(`${ENTITY}/check?maxAge=600`).post().expect(200);
    expect(again.body.checkedAt).toBe(body.checkedAt);
    const status = await ask(`${ENTITY}/status`).get().expect(200);
    expect(status.body.checkedAt).toBe(body.checkedAt);
    expect(status.body.findings).toEqual(body.findings);
  });

  it('refuses an age that is none', async () => {
    const { status } = await ask(`${ENTITY}/check?maxAge=soon`).post();
    expect(status).toBe(400);
  });

  it('does not know what is no instance', async () => {
    const path = 'entity/default/component/other/check';
    expect((await ask(path).post()).status).toBe(404);
  });
});
