import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { createHttpServer, type HttpHandlers } from './http/create-server.ts';
import { UsageError } from './model/errors.ts';
import { type Controller, createController } from './reconcile/controller.ts';
import type { EnvironmentContext } from './reconcile/environment-context.ts';
import { releaseRollback, requestRollback } from './reconcile/request-rollback.ts';
import { type ControllerMetrics, createControllerMetrics } from './report/prometheus.ts';
import { type Wired, wire } from './wire.ts';

const requestDeadlineMs = 30_000;

/** Wires, serves and runs one controller until the signal aborts. */
export async function runController(
  config: Config,
  options: { readonly instance: string; readonly logger: Logger },
  signal: AbortSignal,
): Promise<void> {
  const { instance, logger } = options;
  await mkdir(config.dataDirectory, { recursive: true, mode: 0o700 });
  const wired = wire(config, options);
  const metrics = createControllerMetrics();
  const controller = createController({
    repository: wired.repository,
    clusters: wired.clusters,
    metrics,
    instance,
    pollMs: config.pollMs,
    driftIntervalMs: config.driftIntervalMs,
    onProblem: (loop, message) => logger.warn({ loop }, message),
  });
  const handlers = createHandlers({ wired, metrics, controller });
  const network = createHttpServer(handlers, 'network');
  const local = createHttpServer(handlers, 'local');
  const socket = path.join(config.dataDirectory, 'drover.sock');
  // A socket of a controller that was killed stays behind and would refuse us.
  await rm(socket, { force: true });
  await local.listen({ path: socket });
  const address = await network.listen({ host: config.listen.address, port: config.listen.port });
  logger.info({ address, socket }, 'controller runs');
  try {
    await controller.run(signal);
  } finally {
    await Promise.all([network.close(), local.close()]);
    await wired.close();
  }
}

interface HandlerParts {
  readonly wired: Wired;
  readonly metrics: ControllerMetrics;
  readonly controller: Controller;
}

function createHandlers({ wired, metrics, controller }: HandlerParts): HttpHandlers {
  const { readWebhook } = wired;
  const find = async (environment: string, signal: AbortSignal): Promise<EnvironmentContext> => {
    const context = await controller.context(environment, signal);
    if (context !== undefined) return context;
    const known = controller.views().map(({ name }) => name);
    throw new UsageError(`there is no environment ${environment.slice(0, 100)}`, {
      hint: known.length === 0 ? 'There is none yet.' : `There is ${known.join(', ')}.`,
    });
  };
  const receive: HttpHandlers['webhooks'][string] = (headers, body) => {
    const isGood = readWebhook?.(headers, body) === true;
    metrics.webhook(isGood ? 'accepted' : 'refused');
    if (isGood) controller.wake();
    return isGood;
  };
  const ask = async (
    environment: string,
    act: (context: EnvironmentContext, signal: AbortSignal) => Promise<unknown>,
  ): Promise<unknown> => {
    const signal = AbortSignal.timeout(requestDeadlineMs);
    return act(await find(environment, signal), signal);
  };
  return {
    metrics: () => metrics.registry.metrics(),
    unready: () => controller.unready(),
    webhooks: readWebhook === undefined ? {} : { gitea: receive, forgejo: receive },
    environments: async () => controller.views(),
    plan: (environment) => ask(environment, async ({ progress }) => progress.plan),
    rollback: (environment, body) =>
      ask(environment, (context, signal) => requestRollback(context, body, signal)),
    release: (environment) => ask(environment, releaseRollback),
    reconcile: () => controller.wake(),
  };
}
