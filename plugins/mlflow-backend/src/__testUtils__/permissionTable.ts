import { ACTIONS, Caller, CALLERS, ROUTES } from './permissionMatrix';

/** Where the table stands in a document. */
const BEGIN = '<!-- permissions: begin -->';
const END = '<!-- permissions: end -->';

const callers = Object.keys(CALLERS);

/**
 * The callers and the matrix as tables in Markdown, in the form that prettier
 * leaves alone.
 */
function permissionTables(): string {
  const rows = [...ROUTES, ...ACTIONS].map(({ operation, needs, allowed }) => {
    const may = (caller: string) =>
      allowed.some((one: Caller) => one === caller) ? 'yes' : 'no';
    return [`\`${operation}\``, ...callers.map(may), needs];
  });
  return [
    markdownTable([['who', 'is'], ...Object.entries(CALLERS)]),
    markdownTable([['', ...callers, 'asked for'], ...rows]),
  ].join('\n\n');
}

/** A document with the tables of now between its marks. */
export function withPermissionTables(document: string): string {
  const begin = document.indexOf(BEGIN);
  const end = document.indexOf(END);
  if (begin < 0 || end < begin) {
    throw new Error(`The document has no ${BEGIN} … ${END}.`);
  }
  return [
    document.slice(0, begin + BEGIN.length),
    permissionTables(),
    document.slice(end),
  ].join('\n\n');
}

function markdownTable([head, ...rows]: string[][]): string {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...rows].map(row => row[column].length)),
  );
  const line = (cells: string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  const rule = line(widths.map(width => '-'.repeat(width)));
  return [line(head), rule, ...rows.map(line)].join('\n');
}
