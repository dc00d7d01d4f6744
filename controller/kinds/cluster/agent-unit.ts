/** How the vendors' own packages let systemd run their program. */
export interface AgentUnit {
  readonly description: string;
  readonly documentation: string;
  /** Units that start first where they are there. */
  readonly after: readonly string[];
  readonly user: string;
  readonly command: readonly string[];
  readonly environmentFile: string;
  readonly stopSignal: 'SIGINT' | 'SIGTERM';
  /** Longer than systemd's 90 seconds where a stop has something to wait for. */
  readonly stopTimeoutSeconds?: number;
  /** Further lines of the service section. */
  readonly settings: readonly string[];
}

/** A systemd unit file. Health is judged by the checks, so systemd waits for no more than the start itself. */
export function agentUnitText(unit: AgentUnit): string {
  const after = ['network-online.target', ...unit.after].join(' ');
  return `${[
    '[Unit]',
    `Description=${unit.description}`,
    `Documentation=${unit.documentation}`,
    `Wants=${after}`,
    `After=${after}`,
    '',
    '[Service]',
    'Type=exec',
    `EnvironmentFile=-${unit.environmentFile}`,
    ...(unit.user === 'root' ? [] : [`User=${unit.user}`, `Group=${unit.user}`]),
    `ExecStart=${unit.command.join(' ')}`,
    'ExecReload=/bin/kill --signal HUP $MAINPID',
    'KillMode=process',
    `KillSignal=${unit.stopSignal}`,
    ...(unit.stopTimeoutSeconds === undefined ? [] : [`TimeoutStopSec=${unit.stopTimeoutSeconds}`]),
    'Restart=on-failure',
    'RestartSec=5',
    'LimitNOFILE=65536',
    ...unit.settings,
    '',
    '[Install]',
    'WantedBy=multi-user.target',
  ].join('\n')}\n`;
}
