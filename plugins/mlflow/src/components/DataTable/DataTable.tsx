import { CSSProperties, ReactNode } from 'react';
import { Scrollable } from '../Scrollable';

/** One column of a {@link DataTable}. */
export interface DataColumn<T> {
  /** Its heading; names it. */
  label: string;
  cell: (row: T) => ReactNode;
  /** Its text may break within a word: names of machines, addresses. */
  long?: boolean;
  /** CSS width, where the text alone would not do. */
  width?: string;
}

const CELL: CSSProperties = {
  padding: 'var(--bui-space-2) var(--bui-space-3)',
  textAlign: 'left',
  verticalAlign: 'top',
  borderBottom: '1px solid var(--bui-border-2)',
  fontWeight: 'var(--bui-font-weight-regular)',
};

const LONG: CSSProperties = { ...CELL, overflowWrap: 'anywhere' };

const HEAD: CSSProperties = {
  ...CELL,
  fontWeight: 'var(--bui-font-weight-bold)',
  whiteSpace: 'nowrap',
};

/**
 * A table to be read, whose text may be long and can be selected. The first
 * column names the row.
 */
export function DataTable<T>(props: {
  /** What it is a table of, for who does not see it. */
  label: string;
  columns: DataColumn<T>[];
  rows: T[];
  keyOf: (row: T) => string;
}) {
  const { label, columns, rows, keyOf } = props;
  return (
    <Scrollable label={label} role="group">
      <table
        aria-label={label}
        style={{
          width: '100%',
          borderCollapse: 'collapse',
          color: 'var(--bui-fg-primary)',
          fontFamily: 'var(--bui-font-regular)',
          fontSize: 'var(--bui-font-size-3)',
        }}
      >
        <thead>
          <tr>
            {columns.map(column => (
              <th
                key={column.label}
                scope="col"
                style={{ ...HEAD, width: column.width }}
              >
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={keyOf(row)}>
              {columns.map(({ label: name, cell, long }, index) =>
                index === 0 ? (
                  <th key={name} scope="row" style={long ? LONG : CELL}>
                    {cell(row)}
                  </th>
                ) : (
                  <td key={name} style={long ? LONG : CELL}>
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrollable>
  );
}
