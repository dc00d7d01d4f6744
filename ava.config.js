const long = process.env.DROVER_TEST_LONG === '1';

export default {
  files: ['test/**/*.test.ts', ...(long ? [] : ['!test/long/**'])],
  extensions: ['ts'],
  timeout: '120s',
  workerThreads: false,
};
