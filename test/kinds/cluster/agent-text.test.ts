import test from 'ava';
import * as fc from 'fast-check';
import { agentText } from '../../../controller/kinds/cluster/agent-text.ts';
import { isJsonObject, type JsonObject } from '../../../controller/model/json.ts';

const same = (text: string) => text;

test('a configuration without expressions is the same JSON', (t) => {
  const value = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }));
  fc.assert(
    fc.property(value, (config) => {
      const plain = JSON.parse(JSON.stringify(config)) as JsonObject;
      if (!isJsonObject(plain) || JSON.stringify(plain).includes('${{')) return;
      t.deepEqual(JSON.parse(agentText(plain, same)), plain);
    }),
  );
});

test('an expression stands as it is written, its quotes unescaped', (t) => {
  const text = agentText({ token: '${{ secret("nomad", "token") }}' }, same);
  t.is(text, '{\n  "token": "${{ secret("nomad", "token") }}"\n}\n');
});

test('what stands around an expression is escaped as JSON wants it', (t) => {
  const text = agentText({ note: 'a "b"\n${{ vars.x }}\\' }, same);
  t.is(text, '{\n  "note": "a \\"b\\"\\n${{ vars.x }}\\\\"\n}\n');
});

test('a whole expression that gives a number or a truth value is left unquoted', (t) => {
  const values: Readonly<Record<string, string>> = {
    '${{ a }}': '400',
    '${{ b }}': 'true',
    '${{ c }}': '1.20.5',
  };
  const text = agentText({ a: '${{ a }}', b: ['${{ b }}'], c: '${{ c }}' }, (one) => values[one] ?? one);
  t.is(text, '{\n  "a": ${{ a }},\n  "b": [\n    ${{ b }}\n  ],\n  "c": "${{ c }}"\n}\n');
});

test('an escaped opener stays escaped, so that it is one character less afterwards', (t) => {
  const text = agentText({ a: 'x $${{ y }} ${{ z }}' }, same);
  t.is(text, '{\n  "a": "x $${{ y }} ${{ z }}"\n}\n');
});

test('a text that looks like the mark of an expression stays what it is', (t) => {
  const config = { a: '\uE0001\uE001', b: '${{ x }}' };
  t.is(agentText(config, same), '{\n  "a": "\uE0001\uE001",\n  "b": "${{ x }}"\n}\n');
});
