import { screen } from '@testing-library/react';
import { DEMO_REF, renderForEntity } from '../../__testUtils__/renderForEntity';
import { InstanceMetrics } from './InstanceMetrics';

describe('InstanceMetrics', () => {
  it('tells each chart in words', async () => {
    renderForEntity(<InstanceMetrics entityRef={DEMO_REF} />);
    await screen.findAllByRole('img');
    expect(
      screen.getAllByRole('img').map(img => img.getAttribute('aria-label')),
    ).toEqual([
      'Requests of the last hour: now 1.25/s, lowest 0.5/s, highest 2/s',
      'Errors of the last hour: now 5%, lowest 0%, highest 5%',
    ]);
    expect(screen.getByText('No value in the last hour.')).toBeInTheDocument();
  });
});
