/** Prints lines to standard error, each with the seconds since the beginning. */
export function createProgress(): (line: string) => void {
  const beganAt = performance.now();
  return (line) => {
    const seconds = ((performance.now() - beganAt) / 1000).toFixed(1).padStart(7);
    process.stderr.write(`${seconds} ${line}\n`);
  };
}
