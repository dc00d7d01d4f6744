import { isTimeSpan } from './time-span.ts';

/** Read by one parser of systemd in each version. Settings whose values became more over time are not among them. */
const booleans = `Accept AllowIsolate Broadcast CPUSchedulingResetOnFork DefaultDependencies DynamicUser FixedRandomDelay FlushPending
  ForceUnmount FreeBind GuessMainPID IOAccounting IPAccounting IgnoreOnIsolate IgnoreSIGPIPE KeepAlive LazyUnmount
  LockPersonality MakeDirectory MemoryAccounting MemoryDenyWriteExecute NoDelay NoNewPrivileges NonBlocking OnClockChange
  OnTimezoneChange PassCredentials PassPacketInfo PassSecurity Persistent PrivateDevices PrivateIPC PrivateMounts
  PrivateNetwork ProtectClock ProtectKernelLogs ProtectKernelModules ProtectKernelTunables ReadWriteOnly RefuseManualStart
  RefuseManualStop RemainAfterElapse RemainAfterExit RemoveIPC RemoveOnStop RestrictRealtime RestrictSUIDSGID ReusePort
  RootDirectoryStartOnly SendSIGHUP SendSIGKILL SloppyOptions StopWhenUnneeded SyslogLevelPrefix TTYReset TTYVHangup
  TTYVTDisallocate TasksAccounting Transparent WakeSystem Writable`;

const spans = `AccuracySec DeferAcceptSec KeepAliveIntervalSec KeepAliveTimeSec LogRateLimitIntervalSec RandomizedDelaySec
  RestartSec RestartMaxDelaySec RuntimeMaxSec RuntimeRandomizedExtraSec StartLimitInterval StartLimitIntervalSec TimeoutCleanSec
  TimeoutSec TimeoutStartSec TimeoutStopSec TriggerLimitIntervalSec WatchdogSec TimeoutIdleSec JobTimeoutSec
  JobRunningTimeoutSec OnActiveSec OnBootSec OnStartupSec OnUnitActiveSec OnUnitInactiveSec`;

const actions = `none reboot reboot-force reboot-immediate poweroff poweroff-force poweroff-immediate exit exit-force soft-reboot
  soft-reboot-force kexec kexec-force halt halt-force halt-immediate`;

/** Settings that take one of a few words, whatever the section. */
const words: Readonly<Record<string, string>> = {
  'Service.Type': 'simple exec forking oneshot dbus notify notify-reload idle',
  Restart: 'no on-success on-failure on-abnormal on-watchdog on-abort always',
  RestartMode: 'normal direct debug',
  ExitType: 'main cgroup',
  KillMode: 'control-group process mixed none',
  NotifyAccess: 'none main exec all',
  OOMPolicy: 'continue stop kill',
  ProtectSystem: 'full strict',
  ProtectHome: 'read-only tmpfs',
  ProtectProc: 'noaccess invisible ptraceable default',
  ProcSubset: 'all pid',
  KeyringMode: 'inherit private shared',
  DevicePolicy: 'auto closed strict',
  CPUSchedulingPolicy: 'other batch idle fifo rr ext',
  RuntimeDirectoryPreserve: 'restart',
  CollectMode: 'inactive inactive-or-failed',
  BindIPv6Only: 'default both ipv6-only',
  TimeoutStartFailureMode: 'terminate abort kill',
  TimeoutStopFailureMode: 'terminate abort kill',
  FailureAction: actions,
  SuccessAction: actions,
  StartLimitAction: actions,
  JobTimeoutAction: actions,
};

/** Those that take a boolean too. */
const alsoBoolean = new Set(['ProtectSystem', 'ProtectHome', 'RuntimeDirectoryPreserve']);

const sizes = 'MemoryMin MemoryLow MemoryHigh MemoryMax MemorySwapMax';
const signals = 'KillSignal RestartKillSignal FinalKillSignal WatchdogSignal ReloadSignal';
const signalNames = `HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG
  XCPU XFSZ VTALRM PROF WINCH IO PWR SYS`;

/** What a setting takes. */
export interface ValueForm {
  readonly words: readonly string[];
  /** Whether it takes something that is none of the words. */
  readonly takes: (value: string) => boolean;
  readonly wanted: string;
  readonly hint?: string;
}

const split = (names: string): readonly string[] => names.split(/\s+/);

const booleanForm: ValueForm = {
  words: ['yes', 'no', 'true', 'false', 'on', 'off'],
  takes: (value) => /^(?:1|y|yes|t|true|on|0|n|no|f|false|off)$/i.test(value),
  wanted: 'yes or no',
};
const spanForm: ValueForm = {
  words: ['infinity'],
  takes: isTimeSpan,
  wanted: 'a length of time',
  hint: 'write 90s, 5min or 1h 30min',
};
const sizeForm: ValueForm = {
  words: ['infinity'],
  takes: (value) =>
    /^(?:\d+(?:\.\d+)?%|(?:\d+(?:\.\d+)?\s*[EPTGMKB]\s*)*|(?:\d+(?:\.\d+)?\s*[EPTGMKB]\s*)*\d+(?:\.\d+)?)$/.test(
      value,
    ),
  wanted: 'a size',
  hint: 'write it as 512M, 2G or 50%',
};
const quotaForm: ValueForm = {
  words: [],
  takes: (value) => /^\d+(?:\.\d+)?%$/.test(value),
  wanted: 'a share of one processor in percent',
  hint: 'write it as 50%, or 200% for two processors',
};
const signalForm: ValueForm = {
  words: split(signalNames).map((name) => `SIG${name}`),
  takes: (value) =>
    /^(?:\d+|(?:SIG)?RTM(?:IN|AX)(?:[+-]\d+)?)$/.test(value) || split(signalNames).includes(value),
  wanted: 'the name of a signal',
};

function wordForm(name: string, list: string): ValueForm {
  const own = split(list);
  return alsoBoolean.has(name)
    ? { words: own, takes: booleanForm.takes, wanted: `yes, no, ${own.join(', ')}` }
    : { words: own, takes: () => false, wanted: own.join(', ') };
}

const forms: ReadonlyMap<string, ValueForm> = new Map([
  ...split(booleans).map((name) => [name, booleanForm] as const),
  ...split(spans).map((name) => [name, spanForm] as const),
  ...split(sizes).map((name) => [name, sizeForm] as const),
  ...split(signals).map((name) => [name, signalForm] as const),
  ['CPUQuota', quotaForm] as const,
  ...Object.entries(words).map(([name, list]) => [name, wordForm(name, list)] as const),
]);

/** None where this table does not know. */
export function valueForm(section: string, key: string): ValueForm | undefined {
  return forms.get(`${section}.${key}`) ?? forms.get(key);
}
