const units = new Set(
  `seconds second sec s minutes minute min m months month M msec ms hours hour hr h days day d weeks week w years year y
  usec us µs μs nsec ns`.split(/\s+/),
);

/** Whether systemd reads it as a length of time: `5min 20s`, `1h30m`, `90`, `infinity`. */
export function isTimeSpan(text: string): boolean {
  const rest = text.trim();
  if (rest === 'infinity') return true;
  if (!/^[\d.][\d.\sA-Za-zµμ]*$/.test(rest)) return false;
  const parts = [...rest.matchAll(/(\d+(?:\.\d*)?|\.\d+)\s*([A-Za-zµμ]*)\s*/gu)];
  const covered = parts.reduce((total, [whole]) => total + whole.length, 0);
  return covered === rest.length && parts.every(([, , unit = '']) => unit === '' || units.has(unit));
}
