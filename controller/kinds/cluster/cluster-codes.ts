import type { CodeEntry } from '../../model/diagnostic-code.ts';

/** The findings of one cluster alone. */
export const clusterCodes = {
  version: {
    code: 'DRV0640',
    severity: 'error',
    title: 'Version that is none',
    why: 'The version names one release: a checksum and the order of upgrades hang on it.',
    fix: 'write three numbers, as 1.11.3',
  },
  lockMissing: {
    code: 'DRV0641',
    severity: 'error',
    title: 'Version without a checksum',
    why: 'What servers fetch is checked against `drover.lock`, and it does not name this version.',
    fix: 'add its address and checksum to drover.lock, as docs/clusters.md shows',
  },
  lockBroken: {
    code: 'DRV0642',
    severity: 'error',
    title: '`drover.lock` that can’t be read',
    why: 'Nothing is fetched by a file of checksums that is not whole.',
    fix: 'write it as docs/clusters.md shows',
  },
  secretKey: {
    code: 'DRV0643',
    severity: 'error',
    title: 'Key that the secret does not have',
    why: 'The agents wait for the key and are left out of every payload until it is there.',
    fix: 'declare the key in the VaultSecret, or correct its name',
  },
  secretForm: {
    code: 'DRV0644',
    severity: 'error',
    title: 'Secret of a form that the agent refuses',
    why: 'The agent ends at its start when the value is no such key.',
    fix: 'write generate: {bytes: 32, encoding: base64} for gossip, generate: {ca: {…}} for an authority',
  },
  optionSaid: {
    code: 'DRV0645',
    severity: 'warning',
    title: 'Option that contradicts a field',
    why: 'It goes over what Drover renders, and rules that read the field believe something else.',
    fix: 'say it with the field',
  },
  optionUnknown: {
    code: 'DRV0646',
    severity: 'warning',
    title: 'Option that the program does not know',
    why: 'Nomad refuses to start with an option that it does not know.',
    fix: 'correct the option',
  },
  sealType: {
    code: 'DRV0647',
    severity: 'error',
    title: 'Seal that Vault does not have',
    why: 'Vault refuses to start with a seal that it does not know.',
    fix: 'write transit, awskms or another seal of Vault’s',
  },
} as const satisfies Record<string, CodeEntry>;
