/**
 * Whether a list goes on after this page. `Link` decides where it is sent, else `X-Total-Count`; a list with neither is
 * not paged (comments). The page's length says nothing: the forge may serve fewer than were asked for.
 */
export function hasMorePages(headers: Headers, received: number): boolean {
  const link = headers.get('link');
  if (link !== null) return /;\s*rel="?next"?/.test(link);
  const total = Number(headers.get('x-total-count') ?? 0);
  return Number.isSafeInteger(total) && received < total;
}
