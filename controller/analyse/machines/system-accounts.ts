/** What Debian, Fedora and Alpine bring without a further package, and the programs' own packages. */
export const systemUsers: ReadonlySet<string> = new Set(
  `root daemon bin sys sync games man lp mail news uucp proxy www-data backup list irc gnats nobody _apt adm shutdown halt
  operator ftp systemd-network systemd-resolve systemd-timesync systemd-coredump systemd-oom messagebus sshd polkitd dbus tss
  chrony _chrony ntp guest postmaster cyrus squid at cron consul nomad vault`.split(/\s+/),
);

export const systemGroups: ReadonlySet<string> = new Set(
  `adm tty disk dialout fax voice cdrom floppy tape sudo wheel audio dip operator src shadow utmp video render sgx kvm sasl
  plugdev staff users nogroup input crontab systemd-journal ssh ssl-cert netdev kmem lock mem ping _ssh`.split(
    /\s+/,
  ),
);

/** Packages make accounts of their own: `docker-ce` the group docker, `postgresql-17` the user postgres. */
export function isBroughtBy(account: string, packages: readonly string[]): boolean {
  const stem = account.replace(/^_/, '');
  return packages.some((name) => name.split('-').some((part) => part.startsWith(stem) || stem === part));
}
