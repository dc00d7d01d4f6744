/**
 * What makes one payload newer than another: epoch (lives in git, rises only by `drover recover`), sequence (commits
 * reachable from the live head), issue (milliseconds of the clock, always above the one before). Source: decision 4.
 */
export interface Order {
  readonly epoch: number;
  readonly sequence: number;
  readonly issue: number;
}

export function compareOrder(a: Order, b: Order): number {
  return a.epoch - b.epoch || a.sequence - b.sequence || a.issue - b.issue;
}

/** `1.13.1763724000000`: the label value of metrics and the field of reports. */
export function formatOrder(order: Order): string {
  return `${order.epoch}.${order.sequence}.${order.issue}`;
}

export function parseOrder(text: string): Order | undefined {
  const match = /^(\d{1,15})\.(\d{1,15})\.(\d{1,15})$/.exec(text);
  if (match === null) return undefined;
  return { epoch: Number(match[1]), sequence: Number(match[2]), issue: Number(match[3]) };
}
