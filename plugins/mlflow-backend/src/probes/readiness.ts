import { askInside, serviceHost } from './inside';
import { InsideContext, Probe } from './ProbeContext';

/** Whether the server says of itself that it can serve. */
export const askReadiness: Probe<InsideContext> = ctx =>
  askInside(ctx, {
    path: ctx.instance.release.behaviour.readinessPath,
    host: serviceHost(ctx.instance),
  });
