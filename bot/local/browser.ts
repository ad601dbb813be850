import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import { inPackage, LocalError } from './group.ts';

/** Flags for a browser without a screen, in a container, that talks to nobody but the page it is shown. */
export const browserFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const commands = [
  ...['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser'],
  ...['microsoft-edge', 'microsoft-edge-stable'],
];
const macApps = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
const windowsApps = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'];

/**
 * A browser of the Chromium family: an installed one (`CHROME_PATH` first), else Playwright's own download, else,
 * as root on Debian or Ubuntu, the system's package.
 *
 * @returns the path of its program
 * @throws {LocalError} that says what to install
 */
export function findBrowser(): string {
  const { CHROME_PATH: named } = process.env;
  if (named) {
    if (existsSync(named)) return named;
    throw new LocalError(`CHROME_PATH says ${named}, which does not exist.`);
  }
  for (const way of [installed, downloaded, download, installPackage]) {
    const path = way();
    if (path) return path;
  }
  throw new LocalError(
    'No browser was found and none could be downloaded: install Chrome, Chromium or Edge, or name one in CHROME_PATH.',
  );
}

function installed(): string | undefined {
  return usualPlaces().find((path) => existsSync(path));
}

function usualPlaces(): string[] {
  const { PATH = '', PROGRAMFILES, LOCALAPPDATA, 'PROGRAMFILES(X86)': programFiles32 } = process.env;
  if (process.platform === 'darwin') {
    return ['/Applications', join(homedir(), 'Applications')].flatMap((folder) =>
      macApps.map((app) => join(folder, `${app}.app`, 'Contents', 'MacOS', app)),
    );
  }
  if (process.platform === 'win32') {
    return [PROGRAMFILES, programFiles32, LOCALAPPDATA].flatMap((folder) =>
      folder ? windowsApps.map((app) => join(folder, app)) : [],
    );
  }
  const folders = [...PATH.split(delimiter), '/usr/bin', '/snap/bin'];
  return folders.flatMap((folder) => commands.map((command) => join(folder, command)));
}

/** Playwright's own; on Linux it may be there and yet lack system libraries. */
function downloaded(): string | undefined {
  const path = chromium.executablePath();
  if (!existsSync(path)) return undefined;
  const starts = process.platform !== 'linux' || spawnSync(path, ['--version']).status === 0;
  return starts ? path : undefined;
}

function download(): string | undefined {
  process.stdout.write('No browser found: downloading one for the tests...\n');
  const playwright = inPackage('playwright-core/cli.js');
  spawnSync(process.execPath, [playwright, 'install', '--no-shell', 'chromium'], { timeout: 180_000 });
  return downloaded();
}

function installPackage(): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  process.stdout.write('That failed: installing the package chromium...\n');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', 'chromium']]) {
    spawnSync('apt-get', ['--quiet', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  return installed();
}
