interface LockPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly dev?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** As much of a `package-lock.json` (version 3) as is looked at. */
export interface LockFile {
  readonly packages: Readonly<Record<string, LockPackage>>;
}

interface Platform {
  readonly os: readonly string[];
  readonly cpu: readonly string[];
  readonly libc?: readonly string[];
}

const systems = 'aix android darwin freebsd linux netbsd openbsd openharmony sunos win32'.split(' ');
const processors = 'arm64 arm ia32 loong64 mips64el ppc64 riscv64 s390x x64'.split(' ');
const exactVersion = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/;

/** For whom a binary package is, as its name says: `@oxlint/binding-linux-x64-musl`. `undefined` for other packages. */
export function platformOf(name: string): Platform | undefined {
  const words = name.split(/[/-]/);
  const system = systems.find((each) => words.includes(each));
  const processor = processors.find((each) => words.includes(each));
  if (system === undefined || processor === undefined) return undefined;
  // npm knows the C library on Linux only.
  const isMusl = words.some((word) => word.startsWith('musl'));
  const isGlibc = words.some((word) => word.startsWith('gnu'));
  const libc =
    system === 'linux' && isMusl ? ['musl'] : system === 'linux' && isGlibc ? ['glibc'] : undefined;
  return { os: [system], cpu: [processor], ...(libc ? { libc } : {}) };
}

function stubsOf(
  holder: LockPackage,
  packages: LockFile['packages'],
): readonly (readonly [string, object])[] {
  return Object.entries(holder.optionalDependencies ?? {}).flatMap(([name, version]) => {
    const key = `node_modules/${name}`;
    const platform = platformOf(name);
    if (key in packages || platform === undefined || !exactVersion.test(version)) return [];
    // The fields in npm's own order.
    const { os, cpu, libc } = platform;
    const dev = holder.dev === true ? { dev: true } : {};
    return [[key, { version, cpu, ...dev, ...(libc ? { libc } : {}), optional: true, os }] as const];
  });
}

function withoutHost(entry: LockPackage): LockPackage {
  const { resolved, ...rest } = entry;
  return resolved !== undefined && /^https?:/.test(resolved) ? rest : entry;
}

/**
 * Adds the binaries of other platforms that a registry did not serve when the lock was made: `npm ci` refuses a lock without
 * them, though it never installs them here. Takes out where packages were fetched from, which is the registry's host. Doing it
 * twice changes nothing.
 */
export function stubLock<T extends LockFile>(lock: T): T {
  const entries: (readonly [string, object])[] = [];
  for (const [key, entry] of Object.entries(lock.packages)) {
    entries.push([key, withoutHost(entry)], ...stubsOf(entry, lock.packages));
  }
  // npm's own order, so that its next write moves nothing.
  const sorted = new Map(entries.toSorted(([a], [b]) => a.localeCompare(b, 'en')));
  return { ...lock, packages: Object.fromEntries(sorted) };
}
