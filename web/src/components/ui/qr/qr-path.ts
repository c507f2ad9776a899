/** Returns the outline of the dark modules of a QR code as an SVG path, on a grid with one unit for each module: a rectangle for each run of a row. */
export function qrPath(rows: readonly (readonly boolean[])[]): string {
  return rows
    .map((row, y) =>
      darkRuns(row)
        .map(({ x, length }) => `M${x} ${y}h${length}v1h-${length}z`)
        .join(''),
    )
    .join('');
}

function darkRuns(row: readonly boolean[]): readonly { readonly x: number; readonly length: number }[] {
  return row.flatMap((isDark, x) => {
    if (!isDark || row[x - 1] === true) return [];
    const end = row.indexOf(false, x);
    return [{ x, length: (end < 0 ? row.length : end) - x }];
  });
}
