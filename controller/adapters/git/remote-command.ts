import { simpleGit } from 'simple-git';
import { SourceError, UnavailableError } from '../../model/errors.ts';
import { type Access, type GitCredentials, openAccess } from './credentials.ts';
import { gitEnvironment } from './git-environment.ts';
import type { RemoteUrl, Transport } from './git-url.ts';

export interface RemoteSettings {
  readonly directory: string;
  readonly remote: RemoteUrl;
  readonly transports: readonly Transport[];
  readonly credentials: GitCredentials | undefined;
  /** Proxy and certificate variables, `SSH_AUTH_SOCK`. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface RemoteResult {
  readonly exitCode: number;
  readonly stdout: string;
  /** Passwords removed, 2,000 characters at most. */
  readonly stderr: string;
}

const outputBytes = 64 * 1024 * 1024;
const messageLength = 2000;

/**
 * One git command that talks to the remote, by an instance of its own: everything that could run a program or reach
 * another place is off, also where the repository's own config says otherwise.
 * @throws the signal's reason after the child has ended; UnavailableError without git; DeniedError without the password.
 */
export async function runRemote(
  settings: RemoteSettings,
  args: readonly string[],
  signal: AbortSignal,
): Promise<RemoteResult> {
  signal.throwIfAborted();
  const access = await openAccess(settings.directory, settings.credentials);
  const flood = new AbortController();
  const result: { exitCode: number; stdout: Buffer; stderr: string } = {
    exitCode: -1,
    stdout: Buffer.alloc(0),
    stderr: '',
  };
  const git = instance(settings, access, AbortSignal.any([signal, flood.signal]), (exitCode, out, err) => {
    result.exitCode = exitCode;
    result.stdout = Buffer.concat(out);
    result.stderr = Buffer.concat(err).toString();
  });
  git.outputHandler((_command, stdout) => abortAbove(outputBytes, stdout, flood));
  try {
    await git.raw([...args]);
  } catch (cause) {
    signal.throwIfAborted();
    if (flood.signal.aborted)
      throw new SourceError(`the remote answered with more than ${outputBytes} bytes`);
    throw new UnavailableError('git could not be started', { cause: hidden(cause, access.password) });
  }
  signal.throwIfAborted();
  return {
    exitCode: result.exitCode,
    stdout: result.stdout.toString(),
    stderr: withoutSecrets(result.stderr, access.password).trim().slice(-messageLength),
  };
}

type Finish = (exitCode: number, stdout: Buffer[], stderr: Buffer[]) => void;

function instance(settings: RemoteSettings, access: Access, signal: AbortSignal, finish: Finish) {
  const environment = gitEnvironment(settings.directory, { ...settings.environment, ...access.environment });
  return simpleGit({
    baseDir: settings.directory,
    abort: signal,
    config: [
      'protocol.allow=never',
      ...settings.transports.map((transport) => `protocol.${transport}.allow=always`),
      'core.hooksPath=/dev/null',
      'core.fsmonitor=false',
      'credential.helper=',
      // Housekeeping in the foreground: nothing of ours outlives the operation.
      'gc.autoDetach=false',
      ...access.config,
    ],
    unsafe: {
      allowUnsafeProtocolOverride: true,
      allowUnsafeHooksPath: true,
      allowUnsafeFsMonitor: true,
      allowUnsafeCredentialHelper: true,
      allowUnsafeAskPass: true,
      allowUnsafeConfigPaths: true,
    },
    allowEnvironment: Object.keys(environment),
    // Every exit code is read by us: a refused push is an answer, not a failure of the library.
    errors: (error, { exitCode, stdOut, stdErr }) => {
      if (!(exitCode >= 0)) return error;
      finish(exitCode, stdOut, stdErr);
      return undefined;
    },
  }).env(environment);
}

function abortAbove(limit: number, stream: NodeJS.ReadableStream, controller: AbortController): void {
  let sizeBytes = 0;
  stream.on('data', (chunk: Buffer) => {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > limit) controller.abort();
  });
}

function withoutSecrets(text: string, password: string | undefined): string {
  const withoutUserInfo = text.replaceAll(/([a-z][a-z0-9+.-]*:\/\/)[^\s/@]*@/gi, '$1');
  if (password === undefined) return withoutUserInfo;
  const spellings = [password, encodeURIComponent(password), Buffer.from(password).toString('base64')];
  return spellings.reduce((safe, spelling) => safe.replaceAll(spelling, '********'), withoutUserInfo);
}

/** The library's errors carry the command line and what git said. */
function hidden(cause: unknown, password: string | undefined): Error {
  return new Error(withoutSecrets(String(cause), password).slice(0, messageLength));
}
