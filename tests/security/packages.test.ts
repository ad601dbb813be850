/** What comes with the product from elsewhere: exactly what was reviewed, unchanged, and running nothing when installed. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { z } from 'zod';

const root = fileURLToPath(new URL('../../', import.meta.url));
const textOf = (file: string) => readFileSync(`${root}${file}`, 'utf8');
const jsonOf = <T>(file: string, schema: z.ZodType<T>): T => schema.parse(JSON.parse(textOf(file)));

const versions = z.record(z.string(), z.string()).default({});
const manifest = jsonOf(
  'package.json',
  z.object({ dependencies: versions, devDependencies: versions, optionalDependencies: versions }),
);
const entry = z.object({
  version: z.string(),
  integrity: z.string().optional(),
  resolved: z.string().optional(),
  dev: z.boolean().default(false),
  optional: z.boolean().default(false),
  link: z.boolean().default(false),
  hasInstallScript: z.boolean().default(false),
});
const lockSchema = z.object({ lockfileVersion: z.int(), packages: z.record(z.string(), entry) });
const lockOf = (file: string) => {
  const { packages } = jsonOf(file, lockSchema);
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .map(([path, one]) => ({ path, name: path.replace(/^.*node_modules\//, ''), ...one }));
};
const lock = lockOf('package-lock.json');

/** Versions that were taken over and carried malware; none may come back by way of a range. */
const knownBad: Record<string, string[]> = {
  // 2026-03-31 (github.com/axios/axios/issues/10597)
  axios: ['1.14.1', '0.30.4'],
  // 2025-09-08 (github.com/debug-js/debug/issues/1005)
  debug: ['4.4.2'],
  chalk: ['5.6.1'],
  'ansi-styles': ['6.2.2'],
  'ansi-regex': ['6.2.1'],
  'strip-ansi': ['7.1.1'],
  'wrap-ansi': ['9.0.1'],
  'slice-ansi': ['7.1.1'],
  'supports-color': ['10.2.1'],
  'color-convert': ['3.1.1'],
  'color-name': ['2.0.1'],
  'color-string': ['2.1.1'],
  color: ['5.0.1'],
  'error-ex': ['1.3.3'],
  'is-arrayish': ['0.3.3'],
  'simple-swizzle': ['0.2.3'],
  // Earlier ones
  'event-stream': ['3.3.6'],
  'flatmap-stream': ['0.1.1'],
  'eslint-scope': ['3.7.2'],
  'ua-parser-js': ['0.7.29', '0.8.0', '1.0.0'],
  coa: ['2.0.3', '2.0.4', '2.1.1', '2.1.3', '3.0.1', '3.1.3'],
  rc: ['1.2.9', '1.3.9', '2.3.9'],
  colors: ['1.4.1', '1.4.2', '1.4.44-liberty-2'],
  'node-ipc': ['9.2.2', '10.1.1', '10.1.2', '10.1.3', '11.0.0'],
};

describe('packages', () => {
  it('the manifest names exact versions', () => {
    const { dependencies, devDependencies, optionalDependencies } = manifest;
    for (const [name, version] of Object.entries({
      ...dependencies,
      ...devDependencies,
      ...optionalDependencies,
    })) {
      expect(version, name).to.match(/^\d+\.\d+\.\d+$/);
    }
  });
  it('every one of the lock file has its hash, and comes from the registry', () => {
    expect(lock.length).to.be.greaterThan(600);
    for (const { path, version, integrity, resolved, link } of lock) {
      expect(integrity, path).to.match(/^sha512-[A-Za-z0-9+/]{86}==$/);
      expect(version, path).to.match(/^\d+\.\d+\.\d+/);
      expect(link, path).to.equal(false);
      expect(resolved ?? 'https:', path).to.match(/^https:/);
    }
  });
  it('what is installed is what the lock file says, hash for hash', () => {
    const known = new Map(lock.map(({ path, integrity }) => [path, integrity]));
    const installed = lockOf('node_modules/.package-lock.json');
    expect(installed.length).to.be.greaterThan(600);
    for (const { path, integrity } of installed) expect(integrity, path).to.equal(known.get(path));
  });
  it('nothing runs when they are installed: it is switched off, and those that would have built nothing', () => {
    expect(textOf('.npmrc')).to.match(/^ignore-scripts=true$/m);
    const scripted = lock.filter(({ hasInstallScript }) => hasInstallScript);
    // The first is left out of what is deployed, with every optional package; the second only serves tests.
    expect(scripted.map(({ name, dev, optional }) => [name, dev, optional])).to.deep.equal([
      ['dtrace-provider', false, true],
      ['protobufjs', true, false],
    ]);
    expect(existsSync(`${root}node_modules/dtrace-provider/build`)).to.equal(false);
  });
  it('none is a version that is known to be bad', () => {
    const bad = lock.filter(({ name, version }) => knownBad[name]?.includes(version));
    expect(bad.map(({ name, version }) => `${name}@${version}`)).to.deep.equal([]);
  });
  it('what is deployed is what was reviewed: a name more or less is read about first, then put in packages.txt', () => {
    const deployed = new Set(lock.filter(({ dev }) => !dev).map(({ name }) => name));
    const reviewed = textOf('tests/security/packages.txt').trimEnd().split('\n');
    expect([...deployed].sort()).to.deep.equal(reviewed);
  });
  it('npm run sbom lists every one that is installed', function () {
    this.timeout(60_000);
    const { status, stdout } = spawnSync('npm', ['run', '--silent', 'sbom'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      shell: process.platform === 'win32',
    });
    expect(status).to.equal(0);
    const { bomFormat, components } = z
      .object({ bomFormat: z.string(), components: z.array(z.object({ 'bom-ref': z.string() })) })
      .parse(JSON.parse(stdout));
    expect(bomFormat).to.equal('CycloneDX');
    const listed = new Set(components.map((one) => one['bom-ref']));
    const missing = lockOf('node_modules/.package-lock.json').filter(
      ({ name, version }) => !listed.has(`${name}@${version}`),
    );
    expect(missing.map(({ path }) => path)).to.deep.equal([]);
  });
});
