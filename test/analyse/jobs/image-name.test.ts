import test from 'ava';
import { imageProblem } from '../../../controller/analyse/jobs/image-name.ts';

const digest = 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

for (const image of [
  'web',
  'web:1',
  'library/web:latest',
  'registry:5000/team/web',
  'Registry.acme.example/team/web:v1.2.3-rc.1',
  'localhost/web:1',
  `ghcr.io/acme/my-app__x/web_a.b:1@${digest}`,
  `web@${digest}`,
]) {
  test(`${image} is an image`, (t) => {
    t.is(imageProblem(image), undefined);
  });
}

for (const image of [
  'Web',
  'acme/Web:1',
  'web:',
  'web:1 ',
  'acme//web',
  '/web',
  'web:1@sha256:abc',
  `web@${digest.toUpperCase()}`,
  `web@${digest}@${digest}`,
  `web:${'x'.repeat(129)}`,
]) {
  test(`${JSON.stringify(image)} is no image`, (t) => {
    t.not(imageProblem(image), undefined);
  });
}
