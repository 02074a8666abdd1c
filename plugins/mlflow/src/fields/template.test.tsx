import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { TemplateParameterSchema } from '@backstage/plugin-scaffolder-react';
import { fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { parse } from 'yaml';
import { renderManifest } from '../__testUtils__/renderWizard';

const template = parse(
  readFileSync(
    resolve(__dirname, '../../../../templates/mlflow-instance/template.yaml'),
    'utf8',
  ),
);

const pages: TemplateParameterSchema['steps'] = template.spec.parameters.map(
  ({ title, ...schema }: { title: string }) => ({
    title,
    schema: { type: 'object', ...schema },
  }),
);

const page = (title: string) => ({
  title: 'MLflow',
  steps: pages.filter(one => one.title === title),
});

const next = () =>
  userEvent.click(screen.getByRole('button', { name: 'Review' }));

describe('the form of the template that ships', () => {
  it('says what is missing as a person would', async () => {
    await renderManifest(page('Instance'), {
      api: {
        getPlatforms: async () => [],
        getOwners: async () => ({ any: true, owners: [], instanceGroups: [] }),
      },
    });
    await next();
    for (const sentence of [
      'Choose the platform on which it is to run.',
      'Give the instance a name.',
      'Choose the group that is to own it.',
    ]) {
      expect((await screen.findAllByText(sentence)).length).toBeGreaterThan(0);
    }
    expect(screen.queryByText(/required property/)).toBeNull();
  });

  it.each(['0', '11', '1.5'])('takes no %s replicas', async replicas => {
    await renderManifest(page('Server'), { given: { platform: 'sandbox' } });
    const field = screen.getByRole('spinbutton', { name: /Replicas/ });
    await userEvent.clear(field);
    await userEvent.type(field, replicas);
    // A browser says so itself before it sends the form; this skips that.
    expect(field).toBeInvalid();
    const form = field.closest('form');
    if (form) {
      fireEvent.submit(form);
    }
    expect(
      await screen.findByText(
        "'Replicas' must be a whole number from 1 to 10.",
      ),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();
  });
});
