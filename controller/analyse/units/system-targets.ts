const namesOf = (stems: string): readonly string[] => stems.split(/\s+/).map((stem) => `${stem}.target`);

/** Targets that systemd brings in any of its versions. */
export const systemTargets: readonly string[] = namesOf(
  `basic blockdev@ bluetooth boot-complete breakpoint-pre-basic breakpoint-pre-mount breakpoint-pre-switch-root
  breakpoint-pre-udev capsule@ cryptsetup cryptsetup-pre ctrl-alt-del default emergency exit factory-reset
  factory-reset-now final first-boot-complete getty getty-pre graphical graphical-session halt hibernate hybrid-sleep imports
  imports-pre initrd initrd-fs initrd-root-device initrd-root-fs initrd-switch-root initrd-usr-fs integritysetup
  integritysetup-pre kbrequest kexec local-fs local-fs-pre machines multi-user network network-online network-pre
  nss-lookup nss-user-lookup paths poweroff printer reboot remote-cryptsetup remote-fs remote-fs-pre remote-integritysetup
  remote-veritysetup rescue rpcbind runlevel0 runlevel1 runlevel2 runlevel3 runlevel4 runlevel5 runlevel6 shutdown sigpwr sleep
  slices smartcard sockets soft-reboot sound ssh-access storage-target-mode suspend suspend-then-hibernate swap sysinit
  system-update system-update-pre time-set time-sync timers tpm2 umount usb-gadget veritysetup veritysetup-pre`,
);

/** Those of packages that many systems have: nobody who writes another name meant them. */
export const packageTargets: readonly string[] = namesOf(
  `virt-guest-shutdown nfs-client rpc_pipefs cloud-init cloud-config iscsi zfs zfs-import zfs-volumes ceph ceph-mon ceph-osd
  ceph-mds ceph-mgr ceph-radosgw anaconda openvpn wg-quick`,
);
