import type { ReactNode } from "react";

export interface Column<T> {
  title: string;
  cell: (row: T) => ReactNode;
  /** Numbers stand at the right. */
  right?: boolean;
  /** Left out on phones. */
  wide?: boolean;
}

const look = <T,>(column: Column<T>) =>
  `px-3 first:pl-4 last:pr-4 ${column.right ? "text-right whitespace-nowrap" : "text-left"} ${
    column.wide ? "hidden sm:table-cell" : ""
  }`;

export function Table<T>({
  rows,
  columns,
  id,
  fresh,
}: {
  rows: T[];
  columns: Column<T>[];
  id: (row: T) => string;
  fresh?: (row: T) => boolean;
}) {
  return (
    <table className="w-full text-sm">
      <thead className="text-xs text-soft">
        <tr>
          {columns.map((column) => (
            <th key={column.title} scope="col" className={`py-2 font-normal ${look(column)}`}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={id(row)} className={`border-t border-line ${fresh?.(row) ? "arrive" : ""}`}>
            {columns.map((column) => (
              <td key={column.title} className={`py-1.5 ${look(column)}`}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
