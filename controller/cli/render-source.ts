import { UsageError } from '../model/errors.ts';
import type { FileTree, Inventory } from '../model/tree.ts';
import { type CompiledSource, compileSource, errorsOf } from '../reconcile/compile-source.ts';
import { renderOnce } from '../reconcile/render-checked.ts';
import { droverVersion } from '../version.ts';
import { chosenEnvironment } from './chosen-environment.ts';
import type { CliIo, ExitCode } from './io.ts';
import { type OpenedSource, openParser, openSource } from './open-source.ts';
import { findingsText } from './print-findings.ts';

export interface RenderSourceRequest {
  readonly directory: string;
  /** May be left out where there is only one. */
  readonly environment: string | undefined;
  readonly at: string | undefined;
  readonly repoUrl: string;
  readonly nomad: string | undefined;
}

export type RenderedSource =
  | {
      readonly ok: true;
      readonly environment: string;
      readonly tree: FileTree;
      readonly inventory: Inventory;
      readonly opened: OpenedSource;
      readonly compiled: CompiledSource;
    }
  | { readonly ok: false; readonly exitCode: ExitCode };

/** Opens, compiles and renders; findings are printed, errors among them end it with exit code 1. */
export async function renderSource(request: RenderSourceRequest, io: CliIo): Promise<RenderedSource> {
  const opened = await openSource(request.directory, request.at, io);
  const ports = await openParser(request.nomad, io);
  const compiled = await compileSource(ports, opened.source, io.signal);
  const environment = chosenEnvironment(request.environment, [...compiled.project.environments.keys()]);
  const errors = errorsOf(compiled, environment);
  if (errors.length > 0) {
    io.err(findingsText(errors, opened.source));
    return { ok: false, exitCode: 1 };
  }
  if (!compiled.fleets.has(environment)) throw new UsageError('drover.yaml names no environment');
  const rendered = renderOnce(compiled, {
    environment,
    provenance: {
      droverVersion,
      parserVersion: await ports.parser.version(io.signal),
      repoUrl: request.repoUrl,
      revision: opened.revision,
    },
  });
  const worse = rendered.diagnostics.filter((finding) => finding.severity === 'error');
  if (worse.length > 0) {
    io.err(findingsText(worse, opened.source));
    return { ok: false, exitCode: 1 };
  }
  const { tree, inventory } = rendered;
  return { ok: true, environment, tree, inventory, opened, compiled };
}
