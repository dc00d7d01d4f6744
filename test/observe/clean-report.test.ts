import test from 'ava';
import { cleanReport } from '../../controller/observe/clean-report.ts';

test('what looks like a secret is masked before the text is cut', (t) => {
  for (let pad = 960; pad < 1040; pad += 1) {
    t.false(cleanReport(`password=hunter22 ${'x'.repeat(pad)}`).includes('unter22'), `padding ${pad}`);
  }
  t.is(cleanReport('Authorization: Bearer abc.def'), 'Authorization: Bearer ********');
  t.is(cleanReport('https://joe:pass@host/'), 'https://joe:********@host/');
});

test('control and direction characters become one space', (t) => {
  t.is(cleanReport('a\u001b[31m\nb\u202ec\r\n'), 'a [31m b c');
});

test('a long text keeps its end', (t) => {
  const clean = cleanReport(`${'x'.repeat(5000)} the reason`);
  t.is(clean.length, 1001);
  t.true(clean.endsWith('the reason'));
});
