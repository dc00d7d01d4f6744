const signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs `stop` when the process is told to end, then lets the signal take its course, unless somebody else listens to it too.
 * `release` takes the listeners away again.
 */
export function stopOnSignals(stop: () => Promise<void>): { release: () => void } {
  let stopping = false;
  const onSignal = (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    const others = process.listenerCount(signal) > 1;
    void stop().finally(() => {
      release();
      if (!others) process.kill(process.pid, signal);
    });
  };
  const release = () => {
    for (const signal of signals) process.removeListener(signal, onSignal);
  };
  for (const signal of signals) process.on(signal, onSignal);
  return { release };
}
