import type { IncomingHttpHeaders } from 'node:http';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { DroverError } from '../model/errors.ts';
import { type RouteName, routeTable } from './routes.ts';

export type Headers = IncomingHttpHeaders;

/** What the routes answer with; each is a thin call into the house. */
export interface HttpHandlers {
  /** Prometheus text. */
  metrics(): Promise<string>;
  /** Empty when ready, else what is missing. */
  unready(): readonly string[];
  /** True when the delivery is signed and understood; false refuses it. Providers without a secret are `undefined`. */
  readonly webhooks: Readonly<Record<string, (headers: Headers, body: Uint8Array) => boolean>>;
  environments(): Promise<unknown>;
  plan(environment: string): Promise<unknown>;
  rollback(environment: string, body: unknown): Promise<unknown>;
  release(environment: string): Promise<unknown>;
  reconcile(): void;
}

/** What a request that could not be done is answered. */
export interface Refusal {
  readonly error: string;
  readonly code?: string;
  readonly hint?: string;
}

const webhookLimitBytes = 1024 * 1024;
/** How long a connection may be silent. On the control socket an answer may wait for the forge. */
const silenceMs = { network: 15_000, local: 60_000 } as const;

/** The HTTP server: `network` serves open and signed routes, `local` (a unix socket) serves all. */
export function createHttpServer(handlers: HttpHandlers, reach: 'network' | 'local'): FastifyInstance {
  const server = Fastify({
    logger: false,
    bodyLimit: webhookLimitBytes,
    requestTimeout: 10_000,
    connectionTimeout: silenceMs[reach],
    keepAliveTimeout: 5_000,
    routerOptions: { maxParamLength: 100 },
  });
  server.server.headersTimeout = 10_000;
  server.removeAllContentTypeParsers();
  // Signatures are over raw bytes: nothing is parsed before it is checked.
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  for (const name of Object.keys(routeTable) as RouteName[]) {
    const { method, url, access } = routeTable[name];
    if (access === 'local' && reach !== 'local') continue;
    server.route({ method, url, handler: (request, reply) => answer(handlers, name, request, reply) });
  }
  server.setErrorHandler((error, _request, reply) => {
    const { status, body } = refusalOf(error);
    return reply.status(status).send(body);
  });
  return server;
}

/** Messages of our own errors are written for people and hold no secrets; all others stay inside. */
function refusalOf(error: unknown): { readonly status: number; readonly body: Refusal } {
  if (error instanceof DroverError) {
    const { message, code, hint } = error;
    return {
      status: statusOf(error),
      body: hint === undefined ? { error: message, code } : { error: message, code, hint },
    };
  }
  return isClientError(error)
    ? { status: error.statusCode, body: { error: 'bad request' } }
    : { status: 500, body: { error: 'internal error' } };
}

function statusOf({ code }: DroverError): number {
  if (code === 'DRV9008') return 400;
  return code === 'DRV9005' || code === 'DRV9006' ? 503 : 409;
}

function isClientError(error: unknown): error is { statusCode: number } {
  const status = (error as { statusCode?: unknown }).statusCode;
  return typeof status === 'number' && status >= 400 && status < 500;
}

type Handler = (handlers: HttpHandlers, request: FastifyRequest, reply: FastifyReply) => unknown;

const answers: Readonly<Record<RouteName, Handler>> = {
  health: (_handlers, _request, reply) => reply.send({ status: 'ok' }),
  ready(handlers, _request, reply) {
    const missing = handlers.unready();
    return reply.status(missing.length === 0 ? 200 : 503).send({ ready: missing.length === 0, missing });
  },
  metrics: async (handlers, _request, reply) =>
    reply.header('content-type', 'text/plain; version=0.0.4').send(await handlers.metrics()),
  webhook: receiveWebhook,
  environments: async (handlers, _request, reply) => reply.send(await handlers.environments()),
  async plan(handlers, request, reply) {
    const plan = await handlers.plan(environmentOf(request));
    return plan === undefined ? reply.status(404).send({ error: 'no plan' }) : reply.send(plan);
  },
  rollback: async (handlers, request, reply) =>
    reply.send(await handlers.rollback(environmentOf(request), parseJson(request.body))),
  release: async (handlers, request, reply) => reply.send(await handlers.release(environmentOf(request))),
  reconcile(handlers, _request, reply) {
    handlers.reconcile();
    return reply.status(202).send({ accepted: true });
  },
};

function answer(
  handlers: HttpHandlers,
  name: RouteName,
  request: FastifyRequest,
  reply: FastifyReply,
): unknown {
  return answers[name](handlers, request, reply);
}

function receiveWebhook(handlers: HttpHandlers, request: FastifyRequest, reply: FastifyReply): unknown {
  const { provider } = request.params as { provider: string };
  const read = Object.hasOwn(handlers.webhooks, provider) ? handlers.webhooks[provider] : undefined;
  if (read === undefined) return reply.status(404).send({ error: 'no such provider' });
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  return read(request.headers, body)
    ? reply.status(202).send({ accepted: true })
    : reply.status(401).send({ error: 'the signature or the body is not valid' });
}

function environmentOf(request: FastifyRequest): string {
  return (request.params as { environment: string }).environment;
}

function parseJson(body: unknown): unknown {
  try {
    return Buffer.isBuffer(body) ? (JSON.parse(body.toString('utf8')) as unknown) : undefined;
  } catch {
    return undefined;
  }
}
