import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ApplyFailure, failureText } from '../run/apply-failure.ts';
import type { Enablement, UnitManager, UnitStatus } from './manager.ts';

const run = promisify(execFile);
const commandTimeoutMs = 120_000;
const shown = ['ActiveState', 'SubState', 'UnitFileState', 'InvocationID', 'NRestarts', 'Result', 'Type'];

/** The units of systemd, asked through systemctl with an argument list, never a shell. */
export function createSystemdManager({ scope }: { scope: 'system' | 'user' }): UnitManager {
  const scopeArgs = scope === 'user' ? ['--user'] : [];
  const systemctl = (args: readonly string[], signal: AbortSignal) =>
    command('systemctl', [...scopeArgs, ...args], signal);
  return {
    async status(name, signal) {
      return readStatus(await systemctl(['show', `--property=${shown.join(',')}`, '--', name], signal));
    },
    async refresh(signal) {
      await systemctl(['daemon-reload'], signal);
    },
    async act(name, act, signal) {
      await systemctl([act, '--', name], signal);
    },
    async setEnablement(name, enablement, signal) {
      const status = readStatus(
        await systemctl(['show', `--property=${shown.join(',')}`, '--', name], signal),
      );
      if (status.enablement === enablement) return;
      if (status.enablement === 'masked') await systemctl(['unmask', '--', name], signal);
      const verb = { enabled: 'enable', disabled: 'disable', masked: 'mask' }[enablement];
      await systemctl([verb, '--', name], signal);
    },
    async logTail(name, signal) {
      const args = [...scopeArgs, '--unit', name, '--lines=20', '--no-pager', '--output=cat'];
      const text = await command('journalctl', args, signal).catch(() => '');
      return text.slice(-4096);
    },
    // systemd does it itself.
    supervise: async () => {},
  };
}

async function command(program: string, args: readonly string[], signal: AbortSignal): Promise<string> {
  const options = {
    timeout: commandTimeoutMs,
    signal,
    maxBuffer: 1024 * 1024,
    env: { ...process.env, LC_ALL: 'C' },
  };
  try {
    return (await run(program, [...args], options)).stdout;
  } catch (cause) {
    const said = ((cause as { stderr?: string }).stderr ?? '').trim() || failureText(cause);
    throw new ApplyFailure(`${program} ${args.join(' ')}: ${said.slice(0, 1000)}`, { cause });
  }
}

const enablementByState: Readonly<Record<string, Enablement>> = {
  enabled: 'enabled',
  'enabled-runtime': 'enabled',
  disabled: 'disabled',
  masked: 'masked',
  'masked-runtime': 'masked',
};

/** The output of `systemctl show`: one `Key=value` a line. */
export function readStatus(text: string): UnitStatus {
  const rows = text
    .split('\n')
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);
  const values = new Map(rows.map(([key = '', value = '']) => [key, value]));
  const get = (key: string) => values.get(key) ?? '';
  // A oneshot unit that has done its work is inactive and well.
  const isDone = get('Type') === 'oneshot' && get('Result') === 'success' && get('InvocationID') !== '';
  const isActive = ['active', 'reloading'].includes(get('ActiveState')) || isDone;
  return {
    isActive,
    // Static and generated units can be neither enabled nor disabled.
    enablement: enablementByState[get('UnitFileState')] ?? 'unknown',
    instance: isActive ? get('InvocationID') : '',
    restarts: Number(get('NRestarts')) || 0,
    detail: `${get('ActiveState')} (${get('SubState')}, ${get('Result')})`,
  };
}
