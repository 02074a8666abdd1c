import { NotAllowedError } from '@backstage/errors';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { LoginCheck as Verdict } from 'backstage-plugin-mlflow-common';
import { axe } from 'jest-axe';
import { readyStatus } from '../../__testUtils__/fakeApi';
import { newFinding } from '../../__testUtils__/findings';
import { DEMO_REF, renderForEntity } from '../../__testUtils__/renderForEntity';
import { MlflowApi } from '../../api';
import { LoginCheck } from './LoginCheck';

async function askFor(user: string, checkLogin: MlflowApi['checkLogin']) {
  const { container } = renderForEntity(
    <LoginCheck entityRef={DEMO_REF} status={readyStatus} />,
    { checkLogin },
  );
  await userEvent.type(await screen.findByRole('textbox'), `${user}{Enter}`);
  return container;
}

const verdict = (change: Partial<Verdict>) => async () => ({
  user: 'member',
  allowed: false,
  admin: false,
  findings: [],
  ...change,
});

describe('LoginCheck', () => {
  it.each<[Partial<Verdict>, RegExp]>([
    [{ allowed: true }, /^member may log in$/],
    [{ allowed: true, admin: true }, /member may log in, as an admin/],
    [{ findings: [newFinding] }, /member cannot log in/],
  ])('tells %j', async (change, words) => {
    const container = await askFor('member', verdict(change));
    expect(await screen.findByText(words)).toBeInTheDocument();
    for (const { title } of change.findings ?? []) {
      expect(screen.getByText(title)).toBeInTheDocument();
    }
    expect(await axe(container)).toHaveNoViolations();
  });

  it('asks for the name without the spaces around it, and for no empty one', async () => {
    const checkLogin = jest.fn(verdict({ allowed: true }));
    await askFor('  ', checkLogin);
    expect(checkLogin).not.toHaveBeenCalled();
    await userEvent.type(screen.getByRole('textbox'), 'member {Enter}');
    await screen.findByText('member may log in');
    expect(checkLogin.mock.calls).toEqual([[DEMO_REF, 'member']]);
  });

  it('says why it could not be looked up', async () => {
    await askFor('member', async () => {
      throw new NotAllowedError('Ask the owner.');
    });
    expect(await screen.findByText('Ask the owner.')).toBeInTheDocument();
  });
});
