import type { JsonObject } from '../../model/json.ts';
import type { SourceView } from '../expansion.ts';

/** What a member has of its own, beside what the template says. */
export interface Member {
  readonly name: string;
  readonly labels?: JsonObject;
  readonly annotations?: JsonObject;
  readonly spec: JsonObject;
  readonly own: SourceView;
  readonly locals?: Readonly<Record<string, number>>;
}
