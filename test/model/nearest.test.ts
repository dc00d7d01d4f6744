import test from 'ava';
import { didYouMean, nearestWord } from '../../controller/model/nearest.ts';

const words = ['selector', 'server', 'servers', 'state'];

for (const [typed, meant] of [
  ['selecter', 'selector'],
  ['sevrer', 'server'],
  ['serverss', 'servers'],
  ['State', 'state'],
  ['stat', 'state'],
  ['banana', undefined],
  ['x', undefined],
  ['', undefined],
  ['s'.repeat(1000), undefined],
] as const) {
  test(`"${typed.slice(0, 20)}" is taken for ${String(meant)}`, (t) => {
    t.is(nearestWord(typed, words), meant);
  });
}

test('the sentence names the word, or there is none', (t) => {
  t.is(didYouMean('serer', words), 'did you mean "server"?');
  t.is(didYouMean('banana', words), undefined);
});
