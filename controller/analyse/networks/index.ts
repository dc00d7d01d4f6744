import type { Rule } from '../rule.ts';
import { cidrForm } from './cidr-form.ts';
import { gateway } from './gateway.ts';
import { hardwareAddresses } from './hardware-addresses.ts';
import { interfaceAddresses } from './interface-addresses.ts';
import { nameCase } from './name-case.ts';
import { networkSize } from './network-size.ts';
import { networksOverlap } from './networks-overlap.ts';
import { privateRange } from './private-range.ts';
import { serviceNames } from './service-names.ts';
import { unusableAddress } from './unusable-address.ts';

export const networkRules: readonly Rule[] = [
  cidrForm,
  networksOverlap,
  networkSize,
  gateway,
  privateRange,
  unusableAddress,
  interfaceAddresses,
  hardwareAddresses,
  serviceNames,
  nameCase,
];
