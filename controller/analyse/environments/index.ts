import type { Rule } from '../rule.ts';
import { after } from './after.ts';
import { freezes } from './freezes.ts';
import { gates } from './gates.ts';
import { rollout } from './rollout.ts';
import { unknownWords } from './unknown-words.ts';
import { windows } from './windows.ts';
import { withoutEffect } from './without-effect.ts';

export const environmentRules: readonly Rule[] = [
  after,
  windows,
  freezes,
  gates,
  rollout,
  withoutEffect,
  unknownWords,
];
