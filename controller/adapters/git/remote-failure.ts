import { readFile } from 'node:fs/promises';
import { DeniedError, type DroverError, SourceError, UnavailableError } from '../../model/errors.ts';
import type { RemoteResult, RemoteSettings } from './remote-command.ts';

export type GitService = 'git-upload-pack' | 'git-receive-pack';

const probeTimeoutMs = 10_000;

/**
 * Says what kind of failure it was when git only said 128: git has no status for "denied" or "not there", and its words
 * are no contract. Over http the server is asked once more for the same service, and its status decides.
 */
export async function remoteFailure(
  settings: RemoteSettings,
  service: GitService,
  result: RemoteResult,
  signal: AbortSignal,
): Promise<DroverError> {
  const said = lastLine(result.stderr);
  const { transport } = settings.remote;
  if (transport === 'file') return new SourceError(`the repository can't be read: ${said}`);
  if (transport === 'ssh') return new UnavailableError(`the remote can't be reached: ${said}`);
  const status = await probe(settings, service, signal);
  signal.throwIfAborted();
  return failureOfStatus(status, said);
}

function failureOfStatus(status: number | undefined, said: string): DroverError {
  if (status === 401 || status === 403) {
    return new DeniedError(`the remote refuses the credentials (HTTP ${status})`, {
      hint: 'Check user name and password file of the repository, and what the account may do.',
    });
  }
  if (status === 404) {
    return new SourceError('the remote has no such repository, or does not show it (HTTP 404)');
  }
  const reply = status === undefined ? 'no answer' : `HTTP ${status}`;
  return new UnavailableError(`the remote can't be used (${reply}): ${said}`);
}

async function probe(settings: RemoteSettings, service: GitService, signal: AbortSignal) {
  try {
    const headers = await authorization(settings);
    const url = `${settings.remote.url.replace(/\/+$/, '')}/info/refs?service=${service}`;
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(probeTimeoutMs)]);
    const response = await fetch(url, { headers, redirect: 'manual', signal: deadline });
    await response.body?.cancel();
    return response.status;
  } catch {
    return undefined;
  }
}

async function authorization(settings: RemoteSettings): Promise<Record<string, string>> {
  if (settings.credentials === undefined) return {};
  const { username, passwordFile } = settings.credentials;
  const password = (await readFile(passwordFile, 'utf8')).split(/\r?\n/, 1)[0] ?? '';
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
}

/** Git's last word is the reason; the lines before are progress and hints. */
function lastLine(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => /^(?:fatal|error|remote):/.test(line));
  return (lines.at(0) ?? stderr.split('\n').at(-1) ?? '').slice(0, 300);
}
