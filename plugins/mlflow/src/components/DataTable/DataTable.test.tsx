import { render, screen } from '@testing-library/react';
import { axe } from 'jest-axe';
import { DataTable } from './DataTable';

describe('DataTable', () => {
  it('names rows and columns for who does not see it', async () => {
    const { container } = render(
      <DataTable
        label="Fruit"
        rows={[
          { name: 'apple', count: 2 },
          { name: 'pear', count: 0 },
        ]}
        keyOf={({ name }) => name}
        columns={[
          { label: 'Name', cell: ({ name }) => name },
          { label: 'Count', cell: ({ count }) => count },
        ]}
      />,
    );
    expect(screen.getByRole('table', { name: 'Fruit' })).toBeInTheDocument();
    expect(
      screen.getAllByRole('columnheader').map(cell => cell.textContent),
    ).toEqual(['Name', 'Count']);
    expect(screen.getByRole('row', { name: 'pear 0' })).toBeInTheDocument();
    expect(screen.getByRole('rowheader', { name: 'apple' })).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });
});
