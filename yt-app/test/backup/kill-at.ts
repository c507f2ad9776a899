/**
 * Loaded before a program: kills it, as `kill -9` does, directly before its n-th change of the file system. `KILL_AT` is n; the
 * number of changes of a program that ends by itself is written to the file `COUNT_FILE`.
 */
import fs from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const CHANGES = ['rename', 'rm', 'mkdir', 'copyFile', 'open', 'link', 'writeFile', 'utimes'] as const;
const killAt = Number(process.env['KILL_AT']);
const countFile = process.env['COUNT_FILE'];
let count = 0;

for (const name of CHANGES) {
  const change = promises[name] as (...args: unknown[]) => Promise<unknown>;
  Object.assign(promises, {
    [name](...args: unknown[]) {
      count += 1;
      if (count === killAt) process.kill(process.pid, 'SIGKILL');
      return change.apply(promises, args);
    },
  });
}
syncBuiltinESMExports();
process.on('exit', () => {
  if (countFile !== undefined) fs.writeFileSync(countFile, String(count));
});
