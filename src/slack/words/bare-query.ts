/** Code marks around a whole query are how people paste it; they are not part of it. */
export function bareQuery(text: string): string {
  const fenced = /^```(?:\w+\n)?([\s\S]*?)```$/.exec(text.trim()) ?? /^`([^`]*)`$/.exec(text.trim());
  return (fenced?.[1] ?? text).trim();
}
