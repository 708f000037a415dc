/** The look of the page: one column that a phone can read, a sheet of paper when printed, dark where the reader's screen is. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #1d1c1d; --soft: #616061; --line: #dddde0; --paper: #ffffff; --field: #f6f6f8; --link: #1264a3; --warn: #8a4b00; --warn-field: #fff4e0; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e8ea; --soft: #a9a9b0; --line: #3a3b40; --paper: #1a1b1e; --field: #242529; --link: #6bb5ef; --warn: #ffc46b; --warn-field: #3a2c14; } }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; padding: 32px 24px 64px; max-width: 60rem; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 4px; letter-spacing: -0.01em; }
h2 { font-size: 1.2rem; margin: 0 0 8px; padding-top: 20px; border-top: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 16px 0 4px; }
p, ul, blockquote { margin: 0 0 10px; }
ul { padding-left: 1.25rem; }
li { margin: 2px 0; }
a { color: var(--link); text-underline-offset: 2px; }
.about { color: var(--soft); }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 16px; padding: 0; margin: 12px 0 8px; list-style: none; font-size: 0.9rem; }
nav a { text-decoration: none; }
section { margin-top: 20px; scroll-margin-top: 8px; }
code { font: 0.875em/1.5 ui-monospace, SFMono-Regular, Menlo, "DejaVu Sans Mono", monospace; background: var(--field); padding: 1px 4px; border-radius: 4px; }
pre { background: var(--field); border: 1px solid var(--line); border-radius: 6px; padding: 8px 12px; overflow-x: auto; margin: 0 0 10px; }
pre code { background: none; padding: 0; overflow-wrap: normal; white-space: pre-wrap; }
.wide { overflow-x: auto; margin: 0 0 10px; }
table { border-collapse: collapse; width: 100%; font-size: 0.9375rem; }
th, td { text-align: left; vertical-align: top; padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
th { color: var(--soft); font-weight: 600; font-size: 0.8125rem; }
td:first-child { white-space: nowrap; font-variant-numeric: tabular-nums; }
.missing { color: var(--soft); font-style: italic; }
.unverified { color: var(--warn); background: var(--warn-field); padding: 0 6px; border-radius: 4px; font-size: 0.8125rem; white-space: nowrap; }
.written { border-left: 3px solid var(--line); padding-left: 12px; }
blockquote { border-left: 3px solid var(--line); padding-left: 12px; color: var(--soft); }
figure { margin: 0 0 12px; }
img { max-width: 100%; height: auto; border: 1px solid var(--line); border-radius: 6px; background: #fff; }
@media (max-width: 40rem) {
  body { padding: 20px 16px 48px; }
  h1 { font-size: 1.375rem; }
  table, tbody, tr, td { display: block; }
  thead { display: none; }
  tr { padding: 8px 0; border-bottom: 1px solid var(--line); }
  td { border: 0; padding: 0; }
  td:first-child { color: var(--soft); font-size: 0.875rem; }
}
@media print {
  :root { --ink: #000; --soft: #444; --line: #bbb; --paper: #fff; --field: #f4f4f4; --link: #000; --warn: #000; --warn-field: #eee; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  nav { display: none; }
  h2, h3 { break-after: avoid; }
  tr, figure, pre { break-inside: avoid; }
  pre { white-space: pre-wrap; }
}
`;
