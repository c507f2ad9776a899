// Adds up vitest's JSON reports in a folder; `<step>.failed` without a report counts as one failed.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const folder = process.argv[2] ?? '.';
const count = { passed: 0, failed: 0 };

for (const file of readdirSync(folder)) {
  const step = path.join(folder, path.parse(file).name);
  if (file.endsWith('.json')) addReport(JSON.parse(readFileSync(`${step}.json`, 'utf8')));
  else if (!existsSync(`${step}.json`)) count.failed += 1;
}
console.log(`${count.passed} passed, ${count.failed} failed`);
process.exitCode = count.failed === 0 && count.passed > 0 ? 0 : 1;

function addReport({ numPassedTests, numFailedTests, success, testResults }) {
  // A file that cannot be loaded has failed without a test.
  const broken = testResults.filter((result) => result.status === 'failed' && result.assertionResults.length === 0);
  const failed = numFailedTests + broken.length;
  count.passed += numPassedTests;
  count.failed += failed === 0 && !success ? 1 : failed;
}
