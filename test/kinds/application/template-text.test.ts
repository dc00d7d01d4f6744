import test from 'ava';
import * as fc from 'fast-check';
import { templateText } from '../../../controller/kinds/application/template-text.ts';
import { secretPlaceholder } from '../../../controller/model/payload.ts';

const reference = { path: 'kv/db', key: 'password' };
const read = { reference, dataPath: 'kv/data/db' };

test('a plain text stays, with Nomad’s own delimiters', (t) => {
  t.deepEqual(templateText('a [b] ${c}\n', []), { text: 'a [b] ${c}\n' });
});

test('a text with braces of its own gets delimiters that it does not hold', (t) => {
  t.deepEqual(templateText('{{ x }}', []), { text: '{{ x }}', delimiters: ['[[', ']]'] });
  t.deepEqual(templateText('{{ [[ ]] )) <<', []).delimiters, ['<0<', '>0>']);
});

test('a secret is read by the template, with the delimiters of the rest', (t) => {
  t.is(
    templateText(`p=${secretPlaceholder(reference)}`, [read]).text,
    'p={{ with secret "kv/data/db" }}{{ .Data.data.password }}{{ end }}',
  );
  t.is(
    templateText(`{{p}}${secretPlaceholder(reference)}`, [read]).text,
    '{{p}}[[ with secret "kv/data/db" ]][[ .Data.data.password ]][[ end ]]',
  );
});

test('an empty file is a template that writes nothing', (t) => {
  t.deepEqual(templateText('', []), { text: '{{ "" }}' });
});

test('no text without secrets holds an opening delimiter, so none of its braces is eaten', (t) => {
  const piece = fc.constantFrom(
    '{{',
    '}}',
    '[[',
    ']]',
    '((',
    '))',
    '<<',
    '>>',
    '<0<',
    '>0>',
    '<1<',
    'a',
    '{',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1 }), (pieces) => {
      const text = pieces.join('');
      const { text: written, delimiters = ['{{', '}}'] } = templateText(text, []);
      t.is(written, text);
      t.false(written.includes(delimiters[0]));
    }),
  );
});
