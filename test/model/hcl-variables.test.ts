import test from 'ava';
import * as fc from 'fast-check';
import { hclVariables } from '../../controller/model/hcl-variables.ts';

test('names are sorted, values are JSON', (t) => {
  t.is(hclVariables({ b: [1, true, null], a: { y: 2, x: 'z' } }), 'a = {"x":"z","y":2}\nb = [1,true,null]\n');
});

test('text that would begin an expression is escaped', (t) => {
  t.is(hclVariables({ a: '${file("/etc/passwd")} %{if}' }), 'a = "$${file(\\"/etc/passwd\\")} %%{if}"\n');
});

test('escapes that HCL does not know are spelled out', (t) => {
  t.is(hclVariables({ a: '\b\f\n\\b' }), 'a = "\\u0008\\u000c\\n\\\\b"\n');
});

test('no value leaves an expression open', (t) => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('$', '%', '{', '}', 'a', '\\') }), (value) => {
      t.notRegex(hclVariables({ a: value }).replaceAll(/\$\$\{|%%\{/g, 'escaped'), /\$\{|%\{/);
    }),
  );
});
