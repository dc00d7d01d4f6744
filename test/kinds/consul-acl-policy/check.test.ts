import test from 'ava';
import * as fc from 'fast-check';
import { readAclRules } from '../../../controller/kinds/consul-acl-policy/read-rules.ts';
import { findingsOf } from '../../fakes/findings.ts';

const inline = (rules: string) =>
  findingsOf({ kind: 'ConsulACLPolicy', name: 'shop', spec: { rules: { inline: rules } } });

const shipped = `
# Payloads and reports.
key_prefix "drover/" {
  policy = "write"
}
session "a" { policy = "write" } // the lease
service_prefix "" {
  policy     = "read"
  intentions = "write"
}
/* all of it */
operator = "read"
key_prefix "a" { policy = "list" }
`;

test('rules as Consul documents them pass, as text and as JSON', (t) => {
  t.deepEqual(inline(shipped), []);
  t.deepEqual(
    inline(
      '{"key_prefix": {"a/": {"policy": "list"}}, "operator": "read", "service": {"a": {"intentions": "write"}}}',
    ),
    [],
  );
});

test('an unknown resource or right is told, with the one that was meant', (t) => {
  t.regex(inline('keyprefix "a" { policy = "read" }').join(), /^DRV0671 .*no rules for "keyprefix"/);
  t.regex(inline('key "a" { policy = "reed" }').join(), /^DRV0672 .*no right "reed" on key/);
  t.regex(inline('operator = "list"').join(), /^DRV0672/);
  t.regex(inline('{"service": {"a": {"policy": "list"}}}').join(), /^DRV0672/);
  t.regex(
    inline('\n\nkey "a" { policy = "list" }\nnod "a" { policy = "read" }').join(),
    /line 4 of the text/,
  );
});

test('what is left open is one finding', (t) => {
  for (const rules of ['key "a" {', 'key "a { policy = "read" }', '}', '{"a":']) {
    t.regex(inline(rules).join('|'), /^DRV0673 [^|]*$/, rules);
  }
});

test('names of Consul and of Drover are taken', (t) => {
  const named = (name: string) =>
    findingsOf({ kind: 'ConsulACLPolicy', name: 'a', spec: { name, rules: { inline: '' } } }).join();
  t.regex(named('global-management'), /^DRV0670/);
  t.regex(named('drover-controller'), /^DRV0670/);
  t.regex(named('a b'), /^DRV0603/);
  t.is(named('Shop_web-1'), '');
});

test('any text is read without an exception', (t) => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('{', '}', '"', '=', 'a', ' ', '\n', '#', '\\'), maxLength: 60 }),
      (text) => {
        const { brokenAt } = readAclRules(text);
        return brokenAt === undefined || (brokenAt >= 0 && brokenAt < text.length);
      },
    ),
  );
  t.pass();
});
