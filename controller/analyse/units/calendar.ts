const shorthand =
  /^(?:minutely|hourly|daily|weekly|monthly|quarterly|semi-?annually|bi-?annually|yearly|annually)$/i;
const weekday = '(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*';
const weekdays = new RegExp(`^${weekday}(?:(?:,|\\.\\.|-)${weekday})*,?$`, 'i');
const date = /^[\d*.,/]+[-~][\d*.,/]+(?:[-~][\d*.,/]+)?$/;
const time = /^[\d*.,/]+:[\d*.,/]+(?::[\d*.,/]+)?$/;
const zone = /^[A-Za-z][\w+-]*(?:\/[\w+-]+)*$/;

/** Whether systemd may read it as a calendar: weekdays, date, time and zone in this order, each optional. Not a parser. */
export function isCalendar(text: string): boolean {
  const words = text.trim().split(/\s+/);
  const [first = ''] = words;
  if (shorthand.test(first)) return words.length === 1 || (words.length === 2 && zone.test(words[1] ?? ''));
  if (words.length === 1 && /^@\d+$/.test(first)) return true;
  const isNamed = zone.test(first) && !weekdays.test(first);
  return !isNamed && areInOrder(words, [weekdays, date, time, zone]);
}

function areInOrder(words: readonly string[], forms: readonly RegExp[]): boolean {
  let next = 0;
  for (const word of words) {
    const found = forms.findIndex((form, index) => index >= next && form.test(word));
    if (found < 0) return false;
    next = found + 1;
  }
  return true;
}
