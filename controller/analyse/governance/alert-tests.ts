import { alertCodes } from '../../kinds/alert-rule/alert-codes.ts';
import { promtoolTest } from '../../kinds/alert-rule/promtool-test.ts';
import { ruleFile } from '../../kinds/alert-rule/rule-file.ts';
import type { AlertRuleSpec } from '../../kinds/alert-rule/schema.ts';
import type { Fleet } from '../../kinds/kind.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { ConfigToCheck, ConfigVerdict } from '../../model/program-config.ts';
import type { FieldPath, Resource } from '../../model/resource.ts';

/** An alert that promtool is asked about. */
export interface AskedAlert {
  readonly rule: Resource<AlertRuleSpec>;
  readonly config: ConfigToCheck;
}

/** Each alert with its unit tests, as `promtool test rules` reads them. */
export function askedAlerts(fleet: Fleet): readonly AskedAlert[] {
  const encode = (text: string) => new TextEncoder().encode(text);
  return fleet.byKind<AlertRuleSpec>('AlertRule').map((rule) => {
    const files = new Map([
      ['/rule.yml', encode(ruleFile(rule))],
      ['/rule.test.yml', encode(promtoolTest(rule, 'rule.yml'))],
    ]);
    return { rule, config: { form: 'prometheus-tests', entries: ['/rule.test.yml'], files } };
  });
}

/** What promtool said, at the query or at the test that it means. */
export function alertFindings(
  fleet: Fleet,
  judged: readonly { readonly asked: AskedAlert; readonly verdict: ConfigVerdict | undefined }[],
): readonly Diagnostic[] {
  return judged.flatMap(({ asked: { rule }, verdict }) => {
    if (verdict === undefined || verdict.ok) return [];
    return verdict.problems.map(({ message }) =>
      findingOf(alertCodes.promtool, {
        span: rule.locate(placeOf(rule, message)),
        message: `promtool says of ${rule.metadata.name}: ${message}`,
        environment: fleet.environment.name,
      }),
    );
  });
}

/** `name: fires late, alertname: …` is about a test, `group "x", rule 1, …` about the rule; else a series can't be read. */
function placeOf({ spec }: Resource<AlertRuleSpec>, message: string): FieldPath {
  const names = Object.keys(spec.tests ?? {}).filter((name) => message.startsWith(`name: ${name}, `));
  const [test] = names.toSorted((a, b) => b.length - a.length);
  if (test !== undefined) return ['spec', 'tests', test, 'expect'];
  return message.startsWith('group "') ? ['spec', 'expr'] : ['spec', 'tests'];
}
