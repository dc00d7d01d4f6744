import { UsageError } from '../model/errors.ts';
import type { FileTree } from '../model/tree.ts';
import { type CompiledSource, compileSource, errorsOf } from '../reconcile/compile-source.ts';
import { renderOnce } from '../reconcile/render-checked.ts';
import { droverVersion } from '../version.ts';
import type { CliIo, ExitCode } from './io.ts';
import { type OpenedSource, openParser, openSource } from './open-source.ts';
import { findingsText } from './print-findings.ts';

export interface RenderSourceRequest {
  readonly directory: string;
  readonly environment: string;
  readonly at: string | undefined;
  readonly repoUrl: string;
  readonly nomad: string | undefined;
}

export type RenderedSource =
  | {
      readonly ok: true;
      readonly tree: FileTree;
      readonly opened: OpenedSource;
      readonly compiled: CompiledSource;
    }
  | { readonly ok: false; readonly exitCode: ExitCode };

/** Opens, compiles and renders; findings are printed, errors among them end it with exit code 1. */
export async function renderSource(request: RenderSourceRequest, io: CliIo): Promise<RenderedSource> {
  const opened = await openSource(request.directory, request.at, io);
  const ports = await openParser(request.nomad, io);
  const compiled = await compileSource(ports, opened.source, io.signal);
  const errors = errorsOf(compiled, request.environment);
  if (errors.length > 0) {
    io.err(findingsText(errors, opened.source));
    return { ok: false, exitCode: 1 };
  }
  if (!compiled.fleets.has(request.environment)) {
    const known = [...compiled.fleets.keys()].join(', ');
    throw new UsageError(`there is no environment ${request.environment}`, {
      hint: `drover.yaml has: ${known}.`,
    });
  }
  const rendered = renderOnce(compiled, {
    environment: request.environment,
    provenance: {
      droverVersion,
      parserVersion: await ports.programVersion(io.signal),
      repoUrl: request.repoUrl,
      revision: opened.revision,
    },
  });
  const worse = rendered.diagnostics.filter((finding) => finding.severity === 'error');
  if (worse.length > 0) {
    io.err(findingsText(worse, opened.source));
    return { ok: false, exitCode: 1 };
  }
  return { ok: true, tree: rendered.tree, opened, compiled };
}
