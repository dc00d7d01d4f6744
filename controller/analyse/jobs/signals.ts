const names = `ABRT ALRM BUS CHLD CONT FPE HUP ILL INT IO IOT KILL PIPE PROF QUIT SEGV STOP SYS TERM TRAP TSTP TTIN TTOU
  URG USR1 USR2 WINCH XCPU XFSZ RTMIN+3 NULL`;

/** Signals that a task may be sent, as Nomad writes them. */
export const signals: readonly string[] = names.split(/\s+/).map((name) => `SIG${name}`);

/** Nomad writes them in upper case itself; the real-time ones of containers are the driver’s own. */
export function isSignal(name: string): boolean {
  const upper = name.toUpperCase();
  return signals.includes(upper) || upper.startsWith('SIGRT');
}
