import { ServiceUnavailableError } from '@backstage/errors';
import { screen, waitFor } from '@testing-library/react';
import { axe } from 'jest-axe';
import { PlatformSummary } from 'backstage-plugin-mlflow-common';
import { brokenPlatform, readyPlatform } from '../../__testUtils__/fakeApi';
import { renderWizard } from '../../__testUtils__/renderWizard';

const second = { ...readyPlatform, name: 'second', title: 'Second' };
const select = () => screen.getByRole('button', { name: /Platform/ });

const platforms = (...list: PlatformSummary[]) => ({
  api: { getPlatforms: async () => list },
});

describe('MlflowPlatform', () => {
  it('chooses the only platform by itself', async () => {
    const { container, next } = await renderWizard(['platform']);
    await waitFor(() => expect(select()).toHaveTextContent('Sandbox'));
    expect(await axe(container)).toHaveNoViolations();
    await next();
    expect(
      await screen.findByRole('button', { name: 'Create' }),
    ).toBeInTheDocument();
  });

  it('offers several and shows one that is not ready, with its reason', async () => {
    const { user, next, onCreate } = await renderWizard(
      ['platform'],
      platforms(readyPlatform, second, brokenPlatform),
    );
    await waitFor(() => expect(select()).toBeEnabled());
    await user.click(select());
    const broken = await screen.findByRole('option', { name: /Broken/ });
    expect(broken).toHaveAttribute('aria-disabled', 'true');
    expect(broken).toHaveTextContent('Not ready: PostgreSQL does not answer.');
    await user.click(screen.getByRole('option', { name: 'Second' }));
    await next();
    await user.click(await screen.findByRole('button', { name: 'Create' }));
    expect(onCreate).toHaveBeenCalledWith({ platform: 'second' });
  });

  it.each<[string, Parameters<typeof renderWizard>[1], RegExp]>([
    ['there is none', platforms(), /has no platform for MLflow/],
    [
      'none is ready',
      platforms(brokenPlatform),
      /Broken: Not ready: PostgreSQL does not answer/,
    ],
    [
      'they cannot be loaded',
      {
        api: {
          getPlatforms: async () => {
            throw new ServiceUnavailableError('The backend is down.');
          },
        },
      },
      /The backend is down/,
    ],
  ])('says so when %s', async (_when, options, said) => {
    const { container } = await renderWizard(['platform'], options);
    expect(await screen.findByText(said)).toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('loads again when the user tries again', async () => {
    const getPlatforms = jest
      .fn(async () => [readyPlatform])
      .mockRejectedValueOnce(new ServiceUnavailableError('Down.'));
    const { user } = await renderWizard(['platform'], {
      api: { getPlatforms },
    });
    await user.click(await screen.findByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(select()).toHaveTextContent('Sandbox'));
  });

  it.each([
    ['broken', /Not ready: PostgreSQL does not answer/],
    ['removed', /does not exist \(any more\)/],
  ])('does not go on with the platform "%s"', async (platform, said) => {
    const { next } = await renderWizard(['platform'], {
      ...platforms(readyPlatform, second, brokenPlatform),
      given: { platform },
    });
    await waitFor(() => expect(select()).toBeEnabled());
    await next();
    expect((await screen.findAllByText(said)).length).toBeGreaterThan(0);
    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();
  });
});
