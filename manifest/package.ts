/**
 * `npm run package`: fills the manifest's placeholders from the environment, checks the result against the schemas
 * that come with @microsoft/app-manifest (no network), and writes the zip that Teams takes.
 * `--local` fills what the environment lacks with sample values: good for looking at, not for installing.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { TeamsManifestV1D30 } from '@microsoft/app-manifest';
import { Ajv } from 'ajv';
import { strToU8, type Zippable, zipSync } from 'fflate';

/** What stops a package from being made, in a sentence for the person who makes it. */
export class PackageError extends Error {}

/** Value by placeholder name; the environment has this shape. */
export type Values = Readonly<Record<string, string | undefined>>;

/** Obviously made up, and valid: every placeholder of the manifest has one. */
export const sampleValues = {
  TEAMS_APP_ID: '00000000-0000-4000-8000-000000000001',
  BOT_ID: '00000000-0000-4000-8000-000000000002',
  BOT_DOMAIN: 'bot.example.org',
  DEVELOPER_NAME: 'Exempelregionen',
  DEVELOPER_URL: 'https://www.example.org',
  DEVELOPER_PRIVACY_URL: 'https://www.example.org/privacy',
  DEVELOPER_TERMS_URL: 'https://www.example.org/terms',
} satisfies Values;

/** JSON text with every `${{NAME}}` replaced. An empty value counts as missing; all missing names are told at once. */
export function fillPlaceholders(template: string, values: Values): string {
  const missing = new Set<string>();
  const filled = template.replace(/\$\{\{(\w+)\}\}/g, (_placeholder, name: string) => {
    const value = values[name]?.trim();
    if (!value) missing.add(name);
    // A placeholder stands inside a JSON string, so a quote in its value must be escaped.
    return JSON.stringify(value ?? '').slice(1, -1);
  });
  if (missing.size > 0) {
    throw new PackageError(
      `The Teams app package was not made. Set these in the environment: ${[...missing].join(', ')}. ` +
        'To look at a package with sample values: npm run package -- --local',
    );
  }
  return filled;
}

/** The zip for Teams, from the files beside this one: the same input gives the same bytes. */
export async function buildPackage(values: Values): Promise<Uint8Array> {
  const manifestText = fillPlaceholders(await readFile(beside('manifest.json'), 'utf8'), values);
  const manifest = JSON.parse(manifestText) as TeamsManifestV1D30.TeamsManifestV1D30;
  await refuseInvalid('manifest.json', 'MicrosoftTeams.schema.json', manifest);
  const content: Zippable = { 'manifest.json': strToU8(manifestText) };

  for (const { file } of manifest.localizationInfo?.additionalLanguages ?? []) {
    const text = await readFile(beside(file), 'utf8');
    await refuseInvalid(file, 'MicrosoftTeams.Localization.schema.json', JSON.parse(text));
    content[file] = strToU8(text);
  }
  for (const icon of [manifest.icons.color, manifest.icons.outline]) {
    content[icon] = await readFile(beside(icon));
  }
  // The zip format has no time zone and starts at 1980; the local constructor gives the same bytes everywhere.
  return zipSync(content, { mtime: new Date(1980, 0, 1) });
}

const beside = (file: string): URL => new URL(file, import.meta.url);

/** Microsoft's own schemas of the manifest version we write, as its package brings them. */
const schemas = new URL('json-schemas/teams/v1.30/', import.meta.resolve('@microsoft/app-manifest'));

/** What in `json` breaks the schema, as one line; empty when nothing does. */
export async function schemaFaults(schemaFile: string, json: unknown): Promise<string> {
  const { $schema: _draft04, ...schema } = JSON.parse(await readFile(new URL(schemaFile, schemas), 'utf8'));
  // The package's own validator cannot load the language schema: one of its patterns is no Unicode regular expression.
  // Ajv can when told so. It does not know draft-04 by name, but these schemas use nothing that later drafts changed.
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false, validateFormats: false });
  return ajv.validate(schema, json) ? '' : ajv.errorsText(ajv.errors, { dataVar: '' });
}

async function refuseInvalid(file: string, schemaFile: string, json: unknown): Promise<void> {
  const faults = await schemaFaults(schemaFile, json);
  if (faults)
    throw new PackageError(`The Teams app package was not made. ${file} breaks its schema: ${faults}.`);
}

async function main(): Promise<void> {
  const local = process.argv.includes('--local');
  const set = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value?.trim()));
  const zip = await buildPackage(local ? { ...sampleValues, ...set } : set);
  const target = new URL('../dist/sakerhet-for-fortroendevalda.zip', import.meta.url);
  await mkdir(new URL('.', target), { recursive: true });
  await writeFile(target, zip);
  const note = local ? ' Sample values fill what the environment lacks: do not upload it.' : '';
  process.stdout.write(`Wrote dist/sakerhet-for-fortroendevalda.zip (${zip.length} bytes).${note}\n`);
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof PackageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
