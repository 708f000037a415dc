/**
 * A module of the page that touches no browser, with the shape the test expects of it: the page is plain JavaScript, which
 * the compiler of this project does not read.
 */
export async function pageModule<T>(path: string): Promise<T> {
  const url = new URL(`../../../src/sandbox/page/${path}`, import.meta.url);
  return (await import(/* @vite-ignore */ url.href)) as T;
}
