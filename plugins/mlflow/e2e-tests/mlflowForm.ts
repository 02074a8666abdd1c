import { expect, Page } from '@playwright/test';

/** The wizard of the template, one method a thing that a person does. */
export class MlflowForm {
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  /** Opens it as a person does: Create, then the template. */
  static async open(page: Page): Promise<MlflowForm> {
    await page.getByRole('link', { name: 'Create', exact: true }).click();
    // Of all elements that hold the title and a button, the innermost.
    await page
      .locator('div', {
        hasText: 'MLflow tracking server',
        has: page.getByRole('button', { name: 'Choose' }),
      })
      .last()
      .getByRole('button', { name: 'Choose' })
      .click();
    const form = new MlflowForm(page);
    await expect(form.name).toBeVisible();
    await expect(page.getByRole('button', { name: 'Platform' })).toHaveText(
      'Sandbox',
    );
    return form;
  }

  /** All fields of the step that is shown. */
  get fields() {
    return this.#page.locator('form');
  }

  get name() {
    return this.#page.getByRole('textbox', { name: 'Name', exact: true });
  }

  get host() {
    return this.#page.getByRole('textbox', { name: 'Host', exact: true });
  }

  get description() {
    return this.#page.getByRole('textbox', { name: 'Description' });
  }

  get replicas() {
    return this.#page.getByRole('spinbutton', { name: 'Replicas' });
  }

  get metrics() {
    return this.#page.getByRole('checkbox', { name: 'Metrics' });
  }

  async chooseOwner(group: string) {
    await this.#choose('Owner', group);
  }

  async chooseVersion(option: RegExp) {
    await this.#choose('Version', option);
  }

  async chooseSize(size: RegExp) {
    await this.#page
      .getByRole('radiogroup', { name: 'Size' })
      .getByRole('radio', { name: size })
      .check({ force: true });
  }

  async chooseDefaultPermission(permission: RegExp) {
    await this.#page
      .getByRole('radiogroup', { name: 'Default permission' })
      .getByRole('radio', { name: permission })
      .check({ force: true });
  }

  async next() {
    await this.#page.getByRole('button', { name: 'Next' }).click();
  }

  /** What the last page shows, below which one goes on. */
  get plan() {
    return this.#page.getByRole('region', { name: 'Plan' });
  }

  /** Leaves the last page with fields; the systems are asked. */
  async toPlan() {
    await this.next();
    await expect(this.plan.getByText(/to create/).first()).toBeVisible();
  }

  /** Tries to leave the plan. */
  async tryReview() {
    await this.#page.getByRole('button', { name: 'Review' }).click();
  }

  async review() {
    await this.#page.getByRole('button', { name: 'Review' }).click();
    await expect(this.#create).toBeVisible();
  }

  /** Sends it; the page of the task follows. */
  async create() {
    await this.#create.click();
    await expect(this.#page).toHaveURL(/\/create\/tasks\//);
  }

  get #create() {
    return this.#page.getByRole('button', { name: 'Create', exact: true });
  }

  async #choose(field: string, option: string | RegExp) {
    await this.#page.getByRole('button', { name: field }).click();
    await this.#page.getByRole('option', { name: option }).click();
  }
}
