import { askInside, serviceHost } from './inside';
import { InsideContext, Probe } from './ProbeContext';

/** Scrapes the server as Prometheus would. */
export const askMetrics: Probe<InsideContext> = ctx =>
  askInside(ctx, { path: '/metrics', host: serviceHost(ctx.instance) });
