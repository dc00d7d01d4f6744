import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ExecutionContext } from 'ava';

/** A machine of its own: a PATH with a stand-in for Go, and an empty cache. */
export interface FakeMachine {
  readonly bin: string;
  readonly cache: string;
  readonly env: Readonly<Record<string, string>>;
  /** The components that the stand-in was asked to compile, in order. */
  readonly builds: () => Promise<readonly string[]>;
  readonly addProgram: (name: string, script: string) => Promise<void>;
}

// Compiles a program that prints the pinned version, and answers `go list` with a folder that has Gitea's assets.
const goScript = (folder: string) => `#!/bin/sh
if [ "$1" = list ]; then echo ${folder}/gitea-module; exit 0; fi
while [ "$1" != -o ]; do shift; done
name=$(basename "$2")
echo "$name" >> ${folder}/builds
sleep 0.2
case "$name" in nomad) v=1.11.3;; consul) v=1.20.5;; vault) v=1.21.2;; gitea) v=1.26.0;; *) v=1.12.1;; esac
printf '#!/bin/sh\\necho "%s v%s"\\n' "$name" "$v" > "$2"
chmod +x "$2"
mkdir -p "$GOMODCACHE" "$GOCACHE" && touch "$GOMODCACHE/x" "$GOCACHE/x"
`;

export async function createFakeMachine(
  t: ExecutionContext,
  options: { readonly go: boolean },
): Promise<FakeMachine> {
  const folder = await mkdtemp(path.join(tmpdir(), 'drover-machine-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  const bin = path.join(folder, 'bin');
  await mkdir(bin);
  for (const asset of ['templates', 'options', 'public']) {
    await mkdir(path.join(folder, 'gitea-module', asset), { recursive: true });
  }
  const addProgram = async (name: string, script: string) => {
    await writeFile(path.join(bin, name), script);
    await chmod(path.join(bin, name), 0o755);
  };
  for (const program of ['sh', 'sleep', 'basename', 'chmod', 'mkdir', 'touch']) {
    await addProgram(program, `#!/bin/sh\nexec /bin/${program} "$@"\n`);
  }
  if (options.go) {
    await addProgram('go', goScript(folder));
    await addProgram('gcc', '#!/bin/sh\n');
  }
  const cache = path.join(folder, 'cache');
  return {
    bin,
    cache: path.join(cache, 'drover', 'toolchain'),
    env: { PATH: bin, XDG_CACHE_HOME: cache, HOME: folder },
    builds: async () =>
      (await readFile(path.join(folder, 'builds'), 'utf8').catch(() => '')).split('\n').slice(0, -1),
    addProgram,
  };
}
