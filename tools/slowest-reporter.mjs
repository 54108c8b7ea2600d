/** Prints the slowest suites of a whole run, and how many tests passed and failed on a line of its own. */
const SHOWN = 10;

export default class SlowestReporter {
  onRunComplete(_contexts, { testResults, numPassedTests, numFailedTests, numTotalTestSuites }) {
    if (numTotalTestSuites <= SHOWN) return;
    const seconds = ({ perfStats }) => (perfStats.end - perfStats.start) / 1000;
    const slowest = testResults.toSorted((a, b) => seconds(b) - seconds(a)).slice(0, SHOWN);
    const lines = slowest.map((suite) => {
      const path = suite.testFilePath.slice(process.cwd().length + 1);
      return `${seconds(suite).toFixed(1).padStart(7)} s  ${path}`;
    });
    process.stdout.write(`\nSlowest suites:\n${lines.join('\n')}\n`);
    process.stdout.write(`${numPassedTests} passed, ${numFailedTests} failed\n`);
  }
}
