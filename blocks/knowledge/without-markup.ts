/** Markdown as plain lines: headings and emphasis are words, lists have dots, no line is empty. */
export function withoutMarkup(text: string): string {
  return text
    .replace(/\n\s*\n+/g, '\n')
    .replaceAll('**', '')
    .replace(/^[-*] /gm, '• ')
    .trim();
}
