import type { Rule } from '../rule.ts';
import { dynamicRange } from './dynamic-range.ts';
import { machineClash } from './machine-clash.ts';
import { portClash } from './port-clash.ts';
import { portForm } from './port-form.ts';

export const portRules: readonly Rule[] = [portForm, portClash, machineClash, dynamicRange];
