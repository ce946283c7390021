// docs/mutations.md: what was broken, and which test noticed.
import { writeFileSync } from 'node:fs';

const cell = text => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function killer({ outcome, detail }) {
  switch (outcome) {
    case 'failed': return `\`${detail.split('(')[0].split('.').slice(-2).join('.')}\``;
    case 'timed out': return 'a time-out: the tests never ended';
    case 'crashed': return 'the end of the test process';
    case 'passed': return '**nobody: it survived**';
    default: return '**no test ran**';
  }
}

/** Rows of the table, one per result. */
export const tableOf = results => results.map(result => {
  const files = [...new Set(result.mutant.edits.map(edit => edit.file.split('/').at(-1)))].join(', ');
  return `| ${result.mutant.id} | ${cell(result.mutant.name)} | ${files} | ${killer(result)} | ${result.seconds.toFixed(1)} |`;
}).join('\n');

/** The whole page. */
export function pageOf(results, date) {
  const noticed = results.filter(result => !['passed', 'none ran'].includes(result.outcome)).length;
  const rooms = [...new Set(results.map(result => result.mutant.room))];
  const sections = rooms.map(room => `## ${room}

| Id | Mutation | Where | Noticed by | Seconds |
|---|---|---|---|---|
${tableOf(results.filter(result => result.mutant.room === room))}
`);
  return `# Mutations

A test that cannot fail proves nothing. \`tests/mutation/run.sh\` breaks the program in many small ways, one at a time, and runs the tests that should
notice. Every mutation stands behind a switch in one build of a copy of the source; the first failing test ends the run of a mutation, and one that hangs
is killed and counts as noticed. The script ends with an error if one survives, if a text that is to be mutated is no longer there, or if the tests fail
without any mutation.

\`\`\`sh
tests/mutation/run.sh                  # all: some seconds for each
tests/mutation/run.sh --only refresh   # some, by id, room or name
tests/mutation/run.sh --check          # do all mutations still fit the source? A second
tests/mutation/run.sh --self-test      # the machinery itself. A second
tests/mutation/run.sh --table          # all, and writes this page
\`\`\`

The lists are in \`tests/mutation/mutants\`: a name, a file, the exact text, what takes its place (\`@M\` is the switch), and the test classes that are asked.
A part of a namespace asks all its tests. A test class with \`E2E:\` before it runs against the built host. A rule that you add to a critical room deserves a line there.

Last run: ${date}. ${noticed} of ${results.length} were noticed.

${sections.join('\n')}`;
}

/** Writes the page. */
export const writeTable = (path, results) => writeFileSync(path, pageOf(results, new Date().toISOString().slice(0, 10)));
