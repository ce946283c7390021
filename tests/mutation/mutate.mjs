// Puts mutations into a copy of the source, each behind a switch that an environment variable turns on.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The environment variable that names the one mutation that is on. */
export const variable = 'MUTANT';

const projects = { 'src/AuthCore/': 'AuthCore', 'src/McpEndpoint/': 'McpEndpoint', 'src/Console/': 'AdminConsole' };

const switchOf = (file, id) => `global::${namespaceOf(file)}.Mutant.Is("${id}")`;

function namespaceOf(file) {
  const folder = Object.keys(projects).find(prefix => file.startsWith(prefix));
  if (!folder) {
    throw new Error(`${file} is in no project that can be mutated.`);
  }

  return projects[folder];
}

/** What stands in the place of an edit's original: `swap` another expression, `drop` a statement, or `code` with @M for the switch. */
export function mutatedText(edit, file, id) {
  const on = switchOf(file, id);
  if (edit.code !== undefined) {
    return edit.code.replaceAll('@M', on);
  }

  return edit.swap !== undefined ? `(${on} ? ${edit.swap} : ${edit.original})` : `if (!${on}) ${edit.original}`;
}

/** The text with one mutation in it. */
export function withEdit(text, edit, file, id) {
  const at = text.indexOf(edit.original);
  if (at < 0 || text.indexOf(edit.original, at + 1) >= 0) {
    throw new Error(`${id}: ${at < 0 ? 'not found' : 'found more than once'} in ${file}: ${edit.original}`);
  }

  return text.slice(0, at) + mutatedText(edit, file, id) + text.slice(at + edit.original.length);
}

/** Every file's text after all mutations; what does not fit is told and left out. */
function mutatedFiles(root, mutants, tell) {
  const files = new Map();
  for (const { id, edits } of mutants) {
    for (const edit of edits) {
      try {
        const text = files.get(edit.file) ?? readFileSync(join(root, edit.file), 'utf8');
        files.set(edit.file, withEdit(text, edit, edit.file, id));
      } catch (error) {
        tell(error.message);
      }
    }
  }

  return files;
}

/** One sentence for each mutation that does not fit, for each identifier that stands twice, and for each without a test. */
export function problemsIn(mutants, root) {
  const problems = [];
  mutatedFiles(root, mutants, problem => problems.push(problem));
  const ids = mutants.map(mutant => mutant.id);
  problems.push(...ids.filter((id, index) => ids.indexOf(id) !== index).map(id => `${id} stands twice.`));
  problems.push(...mutants.filter(mutant => mutant.tests.length === 0).map(mutant => `${mutant.id} names no test.`));
  return problems;
}

/** Writes the mutated files, and the switch of each project. */
export function applyTo(tree, mutants) {
  const files = mutatedFiles(tree, mutants, problem => { throw new Error(problem); });
  for (const [file, text] of files) {
    writeFileSync(join(tree, file), text);
  }

  for (const [folder, namespace] of Object.entries(projects)) {
    writeFileSync(join(tree, folder, 'Mutant.cs'), `namespace ${namespace};

internal static class Mutant
{
    private static readonly string? On = System.Environment.GetEnvironmentVariable("${variable}");

    public static bool Is(string id) => id == On;
}
`);
  }
}
