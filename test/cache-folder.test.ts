import test from 'ava';
import { cacheFolder } from '../controller/cache-folder.ts';

test('the cache is below XDG_CACHE_HOME when that is absolute, else below the home folder', (t) => {
  t.is(cacheFolder({ XDG_CACHE_HOME: '/var/cache/me' }, '/home/me'), '/var/cache/me/drover');
  for (const env of [{ XDG_CACHE_HOME: 'cache' }, { XDG_CACHE_HOME: '' }, {}]) {
    t.is(cacheFolder(env, '/home/me'), '/home/me/.cache/drover');
  }
});
