/**
 * Starts a command of the local world on any Node since 18: installs what is missing, then hands over to Node 24.
 * Plain JavaScript without dependencies, since it runs before they are there.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const oldest = 20;
const needed = 24;
const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const [command, ...args] = process.argv.slice(2);

if (majorOf(process.version) < oldest) {
  fail(`Node ${oldest} or later is needed to install this project; this is ${process.version}.`);
}
if (!isInstalled()) install();
const child = spawn(
  findNode(),
  ['--import', new URL('leash.ts', import.meta.url).href, join(here, `${command}.ts`), ...args],
  {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  },
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// The shell between npm and this process dies of a signal without passing it on.
const parent = process.ppid;
if (process.env.npm_lifecycle_event) {
  setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 250).unref();
}
child.once('error', (error) => fail(`Node ${needed} could not be started (${error.message}).`));
child.once('exit', (code) => process.exit(code ?? 1));

/** Whether every package of the lock file is there in its version; an optional one may be meant for another system. */
function isInstalled() {
  try {
    const [wanted, present] = ['package-lock.json', 'node_modules/.package-lock.json'].map(
      (file) => JSON.parse(readFileSync(join(root, file), 'utf8')).packages,
    );
    return Object.entries(wanted).every(
      ([path, { version, optional }]) =>
        path === '' || (path in present ? present[path].version === version : optional),
    );
  } catch {
    return false;
  }
}

function install() {
  process.stdout.write('Installing what is missing...\n');
  // Not `npm ci`: it refuses a lock file without every system's variant of an optional package, and a registry
  // need not have them all. This installs the versions of the lock file too, and leaves it as it is.
  const npm = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  // On Windows npm is a script, which only a shell can start.
  const { status } = spawnSync('npm', npm, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) fail('npm install failed: see above.');
}

/** Node 24 as npm brought it for this system, else the Node that runs this, when it is new enough. */
function findNode() {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const brought = join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(brought)) return brought;
  if (majorOf(process.version) >= needed) return process.execPath;
  return fail(
    `Node ${needed} or later is needed on ${process.platform} ${process.arch}; this is ${process.version}.`,
  );
}

function majorOf(version) {
  return Number.parseInt(version.slice(1), 10);
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
