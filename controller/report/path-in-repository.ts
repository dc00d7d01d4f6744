/** A path of the definitions as it is seen from the root of their repository. */
export function pathInRepository(path: string, folder = ''): string {
  return folder === '' ? path : `${folder}/${path}`;
}
