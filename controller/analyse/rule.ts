import type { AnyKind } from '../kinds/index.ts';
import type { Fleet, KindName } from '../kinds/kind.ts';
import type { Diagnostic } from '../model/diagnostic.ts';

export type Kinds = ReadonlyMap<KindName, AnyKind>;

/** One check of a whole fleet. Findings are given in any order, once each. */
export type Rule = (fleet: Fleet, kinds: Kinds) => readonly Diagnostic[];
