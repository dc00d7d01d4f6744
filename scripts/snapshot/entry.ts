import path from 'node:path';
import { startupSnapshot } from 'node:v8';
import { createMemoryMemo } from '../../controller/adapters/system/memory-memo.ts';
import { ejectVerb } from '../../controller/cli/eject.ts';
import { explainVerb } from '../../controller/cli/explain.ts';
import { fmtVerb } from '../../controller/cli/fmt.ts';
import { headroomVerb } from '../../controller/cli/headroom.ts';
import { newVerb } from '../../controller/cli/new.ts';
import { findingsText } from '../../controller/cli/print-findings.ts';
import { renderVerb } from '../../controller/cli/render.ts';
import { schemaVerb } from '../../controller/cli/schema.ts';
import { validateVerb } from '../../controller/cli/validate.ts';
import type { JobParser } from '../../controller/ports/job-parser.ts';
import { compileSource } from '../../controller/reconcile/compile-source.ts';
import { runProcess } from '../../controller/run-process.ts';
import { readFolder } from '../../controller/source/read-folder.ts';
import { droverVersion } from '../../controller/version.ts';

/**
 * What the snapshot of the program holds: the verbs that read files and write text, loaded, and used once, so that their code
 * is compiled already. Runs in the process that takes the snapshot; what it leaves in memory is in every run's memory, so it
 * asks for no randomness, no time and no environment.
 */
const verbs = [newVerb, explainVerb, fmtVerb, ejectVerb, schemaVerb, validateVerb, headroomVerb, renderVerb];

/** No program is asked: what its answer holds does not matter here. */
const parser: JobParser = {
  version: async () => 'none',
  parse: async ({ path: file }) => ({
    ok: true,
    job: {
      ID: path.basename(file, '.nomad.hcl'),
      Type: 'service',
      TaskGroups: [{ Name: 'main', Tasks: [{ Name: 'main', Driver: 'docker', Config: { image: 'x' } }] }],
    },
  }),
};

async function useOnce(fleet: string): Promise<void> {
  const { signal } = new AbortController();
  const source = await readFolder(fleet, signal);
  const { diagnostics } = await compileSource(
    { parser, memo: createMemoryMemo(), droverVersion },
    source,
    signal,
  );
  findingsText(diagnostics, source);
}

void useOnce(path.resolve('manifests/examples/acme'));
startupSnapshot.setDeserializeMainFunction(() => void runProcess(process.argv.slice(1), verbs));
