import type { CodeEntry } from '../../model/diagnostic-code.ts';

/** What systemd refuses of a unit file, and what it passes over. */
export const unitCodes = {
  unknownDirective: {
    code: 'DRV0971',
    severity: 'warning',
    title: 'Assignment that systemd passes over',
    why: 'The section has no such name: systemd logs a line and starts the unit without what was meant.',
    fix: 'correct the name, or move it to its section; a name of your own begins with X-',
  },
  program: {
    code: 'DRV0972',
    severity: 'error',
    title: 'Command that systemd can’t read',
    why: 'A program is an absolute path or a name that is looked for in the system’s folders, and quotes are closed; systemd refuses the unit otherwise.',
    fix: 'write the absolute path of the program',
  },
  shellWord: {
    code: 'DRV0973',
    severity: 'warning',
    title: 'Word of a shell in a command',
    why: 'systemd starts programs without a shell: the program gets the word as an argument.',
    fix: 'let a shell run it: /bin/sh -c "…"',
  },
  ignoredValue: {
    code: 'DRV0974',
    severity: 'warning',
    title: 'Value that systemd passes over',
    why: 'systemd can’t read the value: it logs a line and takes its default.',
    fix: 'write a value that it takes',
  },
  refused: {
    code: 'DRV0975',
    severity: 'error',
    title: 'Unit that systemd refuses to load',
    why: 'Something is missing that a unit of this type must have, or two assignments exclude each other.',
    fix: 'write what is missing, or take one of the two out',
  },
  unknownTarget: {
    code: 'DRV0976',
    severity: 'warning',
    title: 'Unit that waits for nothing',
    why: 'systemd passes over units that it does not find: what was to start this one never does, and no order holds.',
    fix: 'correct the name, or declare the target for the same servers',
  },
  calendar: {
    code: 'DRV0977',
    severity: 'error',
    title: 'Calendar that systemd can’t read',
    why: 'systemd passes over such an OnCalendar=, and refuses a timer that has nothing else.',
    fix: 'write it as systemd.time(7) has it: Mon..Fri 05:00, *-*-01 04:30, daily',
  },
} as const satisfies Record<string, CodeEntry>;
