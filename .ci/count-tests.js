// Adds up vitest's JSON reports in a folder; `<step>.failed` counts as one failed when no report says what failed.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const folder = process.argv[2] ?? '.';
const count = { passed: 0, failed: 0 };

for (const file of readdirSync(folder)) {
  const report = path.join(folder, `${path.parse(file).name}.json`);
  const { passed, failed } = existsSync(report) ? readReport(report) : { passed: 0, failed: 0 };
  if (file.endsWith('.json')) {
    count.passed += passed;
    count.failed += failed;
  } else if (failed === 0) count.failed += 1;
}
console.log(`${count.passed} passed, ${count.failed} failed`);
process.exitCode = count.failed === 0 && count.passed > 0 ? 0 : 1;

function readReport(report) {
  const { numPassedTests, numFailedTests, success, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  // A file that cannot be loaded has failed without a test.
  const broken = testResults.filter((result) => result.status === 'failed' && result.assertionResults.length === 0);
  const failed = numFailedTests + broken.length;
  return { passed: numPassedTests, failed: failed === 0 && !success ? 1 : failed };
}
