// docs/mutations.md: what was broken, and which test noticed.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const cell = text => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function killer({ outcome, detail, former }) {
  switch (outcome) {
    case 'former': return former;
    case 'failed': return `\`${detail.split('(')[0].split('.').slice(-2).join('.')}\``;
    case 'timed out': return 'a time-out: the tests never ended';
    case 'crashed': return 'the end of the test process';
    case 'passed': return '**no test: it survived**';
    default: return '**no test ran**';
  }
}

/** Rows of the table, one per result. */
export const tableOf = results => results.map(result => {
  const files = [...new Set(result.mutant.edits.map(edit => edit.file.split('/').at(-1)))].join(', ');
  return `| ${result.mutant.id} | ${cell(result.mutant.name)} | ${files} | ${killer(result)} | ${result.seconds.toFixed(1)} |`;
}).join('\n');

/** The results that a page has, by the mutation's id: what is not run again keeps them. */
export function formerResults(path) {
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  const rows = lines.map(line => /^\| (\S+-\d+) \| .* \| ([^|]+) \| ([\d.]+) \|$/.exec(line)).filter(row => row);
  return Object.fromEntries(rows.map(([, id, former, seconds]) => [id, { outcome: 'former', former, seconds: Number(seconds) }]));
}

const nobody = [killer({ outcome: 'passed' }), killer({ outcome: 'none ran' })];

/** The whole page; `before` says of when the results are that were not made anew. */
export function pageOf(results, date, before) {
  const noticed = results.filter(result => !nobody.includes(killer(result))).length;
  const kept = results.filter(result => result.outcome === 'former').length;
  const keptFrom = kept > 0 ? `\n${kept} of them were not run again and keep their result of ${before}.` : '';
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
tests/mutation/run.sh --table          # all, and writes this page; with --tree, what was run there
\`\`\`

The lists are in \`tests/mutation/mutants\`: a name, a file, the exact text, what takes its place (\`@M\` is the switch), and the test classes that are asked.
A part of a namespace asks all its tests. A test class with \`E2E:\` before it runs against the built host. A rule that you add to a critical room deserves a line there.

Last run: ${date}. ${noticed} of ${results.length} were noticed.${keptFrom}

${sections.join('\n')}`;
}

/** Writes the page. */
export const writeTable = (path, results, before) => writeFileSync(path, pageOf(results, new Date().toISOString().slice(0, 10), before));
