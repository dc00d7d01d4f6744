const gap = ' … ';
const headShare = 0.4;

/** At most `length` UTF-16 units: both ends are kept, at whole words, because errors begin with what and end with why. */
export function cutMiddle(text: string, length: number): string {
  if (text.length <= length) return text;
  const room = Math.max(0, length - gap.length);
  const headLength = Math.floor(room * headShare);
  const head = text.slice(0, headLength);
  const tail = text.slice(text.length - (room - headLength));
  return `${untilSpace(head)}${gap}${fromSpace(tail)}`;
}

/** A word longer than the whole side is cut, but never inside a surrogate pair. */
function untilSpace(head: string): string {
  const end = head.lastIndexOf(' ');
  return end > 0 ? head.slice(0, end) : head.replace(/[\uD800-\uDBFF]$/, '');
}

function fromSpace(tail: string): string {
  const start = tail.indexOf(' ');
  return start >= 0 && start < tail.length - 1 ? tail.slice(start + 1) : tail.replace(/^[\uDC00-\uDFFF]/, '');
}
