// The copy of the repository in which the mutations live: made, built once, and tested once per mutation.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { variable } from './mutate.mjs';

const clients = 'tests/E2E/Clients/node_modules';
const suites = {
  Unit: 'tests/Unit/bin/Release/net10.0/McpAuthConsole.UnitTests.dll',
  E2E: 'tests/E2E/bin/Release/net10.0/McpAuthConsole.E2ETests.dll',
};

/** Copies what git knows or would take, without what was built. */
export function copyOf(repository, tree) {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: repository, maxBuffer: 1 << 28 });
  rmSync(join(tree, 'src'), { recursive: true, force: true });
  for (const file of listed.toString().split('\0').filter(file => file && existsSync(join(repository, file)))) {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    cpSync(join(repository, file), join(tree, file));
  }

  if (existsSync(join(repository, clients)) && !existsSync(join(tree, clients))) {
    symlinkSync(join(repository, clients), join(tree, clients));
  }
}

/** Builds both test projects. What a mutation does to style is nobody's concern here. */
export function build(tree) {
  for (const project of ['tests/Unit/Unit.csproj', 'tests/E2E/E2E.csproj']) {
    execFileSync(
      'dotnet',
      ['build', project, '-c', 'Release', '-nologo', '-v', 'quiet', '-clp:NoSummary;ErrorsOnly', '-p:TreatWarningsAsErrors=false', '-p:RunAnalyzers=false', '-p:EnforceCodeStyleInBuild=false'],
      { cwd: tree, stdio: 'inherit' });
  }
}

/**
 * Runs tests, "ClassTests" or "ClassTests.A_method" of the unit suite or "E2E:ClassTests", with one mutation on; ends with the first that fails.
 * @returns outcome: passed, failed, timed out, crashed, none ran; detail: the test that failed; seconds.
 */
export async function runTests(tree, tests, mutant, milliseconds) {
  const began = Date.now();
  let last = { outcome: 'none ran', detail: '' };
  for (const suite of Object.keys(suites)) {
    const names = tests.filter(test => (test.startsWith('E2E:') ? 'E2E' : 'Unit') === suite).map(test => test.replace('E2E:', ''));
    if (names.length > 0) {
      last = await runSuite(tree, suite, names, mutant, began + milliseconds - Date.now());
      if (last.outcome !== 'passed') {
        break;
      }
    }
  }

  return { ...last, seconds: (Date.now() - began) / 1000 };
}

function runSuite(tree, suite, names, mutant, milliseconds) {
  const temporary = join(tree, `.tmp-${process.pid}`);
  mkdirSync(temporary, { recursive: true });
  const environment = { ...process.env, TMPDIR: temporary, DOTNET_TieredPGO: '0' };
  delete environment[variable];
  if (mutant) {
    environment[variable] = mutant;
  }

  // A group of its own, so that the test host and what it started end with it.
  const filter = names.map(name => `FullyQualifiedName~.${name}${name.includes('.') ? '' : '.'}`).join('|');
  const runner = spawn('dotnet', ['vstest', join(tree, suites[suite]), `--TestCaseFilter:${filter}`, '--logger:console;verbosity=normal'], { cwd: tree, env: environment, detached: true });
  return new Promise(done => {
    let failed, late = false, passed = 0;
    const end = () => { try { process.kill(-runner.pid, 'SIGKILL'); } catch { /* it has ended by itself */ } };
    const clock = setTimeout(() => { late = true; end(); }, milliseconds);
    const said = [];
    createInterface({ input: runner.stdout }).on('line', line => {
      said.push(line);
      passed = Math.max(passed, Number(/Passed:\s+(\d+)/.exec(line)?.[1] ?? 0));
      failed ??= /^ {2}Failed (\S.*) \[/.exec(line)?.[1] ?? /\]\s+(\S.*) \[FAIL\]/.exec(line)?.[1];
      if (failed) {
        end();
      }
    });
    runner.on('close', code => {
      clearTimeout(clock);
      end();
      rmSync(temporary, { recursive: true, force: true });
      done(
        failed ? { outcome: 'failed', detail: failed }
          : late ? { outcome: 'timed out', detail: '' }
            : code !== 0 ? { outcome: 'crashed', detail: said.slice(-5).join(' ') }
              : passed > 0 ? { outcome: 'passed', detail: '' } : { outcome: 'none ran', detail: said.slice(-3).join(' ') });
    });
  });
}
