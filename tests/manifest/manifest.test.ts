import { readFile } from 'node:fs/promises';
import { inflateSync } from 'node:zlib';
import { AppManifestUtils, type TeamsManifest, type TeamsManifestV1D30 } from '@microsoft/app-manifest';
import { expect } from 'chai';
import { strFromU8, unzipSync } from 'fflate';
import {
  buildPackage,
  fillPlaceholders,
  PackageError,
  sampleValues,
  schemaFaults,
} from '../../manifest/package.ts';

const source = (file: string): URL => new URL(`../../manifest/${file}`, import.meta.url);
const text = (file: string): Promise<string> => readFile(source(file), 'utf8');

type Manifest = TeamsManifestV1D30.TeamsManifestV1D30;

/** Every sentence a user reads in the manifest, by the key the language file must use for it. */
function localizable(manifest: Manifest): Record<string, string> {
  const found: Record<string, string | undefined> = {
    'name.short': manifest.name.short,
    'name.full': manifest.name.full,
    'description.short': manifest.description.short,
    'description.full': manifest.description.full,
  };
  manifest.bots?.[0]?.commandLists?.forEach((list, l) => {
    list.commands.forEach((command, c) => {
      const key = `bots[0].commandLists[${l}].commands[${c}]`;
      found[`${key}.title`] = command.title;
      found[`${key}.description`] = command.description;
    });
  });
  return Object.fromEntries(Object.entries(found).filter((entry): entry is [string, string] => !!entry[1]));
}

interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, alpha. */
  pixel(x: number, y: number): readonly [number, number, number, number];
}

/** Just enough PNG for our own icons: 8 bits, RGB or RGBA, not interlaced. */
function decodePng(file: Buffer): Picture {
  const width = file.readUInt32BE(16);
  const height = file.readUInt32BE(20);
  const [depth, colourType, , , interlace] = file.subarray(24, 29);
  expect([depth, interlace], 'bit depth, interlace').to.deep.equal([8, 0]);
  expect(colourType).to.be.oneOf([2, 6]);
  const bytes = colourType === 6 ? 4 : 3;

  const parts: Buffer[] = [];
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
    const length = file.readUInt32BE(at);
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(file.subarray(at + 8, at + 8 + length));
  }
  const packed = inflateSync(Buffer.concat(parts));
  const stride = width * bytes;
  const rows: Buffer[] = [];
  for (let y = 0; y < height; y++) {
    const filter = packed.readUInt8(y * (stride + 1));
    const row = Buffer.from(packed.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1)));
    for (let i = 0; i < stride; i++) {
      const left = row[i - bytes] ?? 0;
      const up = rows[y - 1]?.[i] ?? 0;
      const corner = rows[y - 1]?.[i - bytes] ?? 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? Number.NaN;
      row[i] = (row[i] ?? 0) + guess;
    }
    rows.push(row);
  }
  return {
    width,
    height,
    pixel: (x, y) => {
      const [r = 0, g = 0, b = 0, a = 255] = rows[y]?.subarray(x * bytes, (x + 1) * bytes) ?? [];
      return [r, g, b, a];
    },
  };
}

/** The PNG predictor: whichever neighbour is nearest to left + up - corner. */
function paeth(left: number, up: number, corner: number): number {
  const [toLeft, toUp, toCorner] = [up - corner, left - corner, left + up - 2 * corner].map(Math.abs) as [
    number,
    number,
    number,
  ];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

const everyPixel = (picture: Picture): { x: number; y: number; rgba: readonly number[] }[] =>
  Array.from({ length: picture.width * picture.height }, (_, i) => {
    const [x, y] = [i % picture.width, Math.floor(i / picture.width)];
    return { x, y, rgba: picture.pixel(x, y) };
  });

describe('the Teams app manifest', () => {
  let manifest: Manifest;
  let english: Record<string, string>;

  before(async () => {
    manifest = JSON.parse(fillPlaceholders(await text('manifest.json'), sampleValues));
    english = JSON.parse(await text('en.json'));
  });

  it('is valid by schema 1.30', async () => {
    expect(manifest.manifestVersion).to.equal('1.30');
    expect(manifest.$schema).to.contain('/teams/v1.30/MicrosoftTeams.schema.json');
    expect(await schemaFaults('MicrosoftTeams.schema.json', manifest)).to.equal('');
    // Microsoft's own validator, the one their tools run, agrees.
    expect(await AppManifestUtils.validateAgainstSchema(manifest as TeamsManifest)).to.deep.equal([]);
  });

  it('has a valid English file that covers every sentence and nothing else', async () => {
    const { $schema, ...sentences } = english;
    expect($schema).to.contain('/teams/v1.30/MicrosoftTeams.Localization.schema.json');
    expect(await schemaFaults('MicrosoftTeams.Localization.schema.json', english)).to.equal('');
    expect(
      await schemaFaults('MicrosoftTeams.Localization.schema.json', { ...english, 'name.long': 'x' }),
    ).to.equal(' must NOT have additional properties');
    expect(sentences).to.have.all.keys(Object.keys(localizable(manifest)));
    expect(manifest.localizationInfo).to.deep.equal({
      defaultLanguageTag: 'sv',
      additionalLanguages: [{ languageTag: 'en', file: 'en.json' }],
    });
  });

  it('stays within the lengths Teams shows', () => {
    const limits: [RegExp, number][] = [
      [/^name\.short$/, 30],
      [/^name\.full$/, 100],
      [/^description\.short$/, 80],
      [/^description\.full$/, 4000],
      [/\.title$/, 128],
      [/\.description$/, 128],
    ];
    for (const sentences of [localizable(manifest), english]) {
      for (const [key, sentence] of Object.entries(sentences)) {
        const limit = limits.find(([pattern]) => pattern.test(key))?.[1] ?? Number.POSITIVE_INFINITY;
        expect(sentence.length, key).to.be.within(1, limit);
      }
    }
  });

  it('says 112 first, and that it is not an emergency service', () => {
    expect(manifest.description.short).to.match(/^Fara\? Ring 112/);
    expect(manifest.description.full).to.match(/^Är du i fara\? Ring 112 först\. Appen är ingen nödtjänst/);
    expect(english['description.short']).to.match(/^In danger\? Call 112/);
    expect(english['description.full']).to.match(
      /^Are you in danger\? Call 112 first\. This app is not an emergency/,
    );
  });

  it('offers the personal commands in 1:1, and no report in a channel or group chat', () => {
    const commands = manifest.bots?.[0]?.commandLists?.map((list) => [
      list.scopes,
      list.commands.map((command) => command.title),
    ]);
    expect(commands).to.deep.equal([
      [['personal'], ['rapportera', 'akut', 'mina rapporter', 'jour', 'meny']],
      [
        ['team', 'groupChat'],
        ['meny', 'läge', 'provlarm', 'jour'],
      ],
    ]);
  });

  it('carries the version of the product', async () => {
    const product = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(manifest.version).to.equal(product.version);
  });
});

describe('the Teams app icons', () => {
  it('colour: 192 x 192, opaque, the symbol inside the middle 96, the square in the accent colour', async () => {
    const icon = decodePng(await readFile(source('color.png')));
    expect([icon.width, icon.height]).to.deep.equal([192, 192]);
    const { accentColor } = JSON.parse(await text('manifest.json'));
    const accent = [...Buffer.from(accentColor.slice(1), 'hex'), 255];
    const drawn = everyPixel(icon).filter(({ rgba }) => rgba.join() !== accent.join());
    expect(drawn).to.not.be.empty;
    for (const { x, y, rgba } of drawn) {
      expect(x).to.be.within(48, 143);
      expect(y).to.be.within(48, 143);
      expect(rgba[3]).to.equal(255);
    }
  });

  it('outline: 32 x 32, white and transparent only', async () => {
    const icon = decodePng(await readFile(source('outline.png')));
    expect([icon.width, icon.height]).to.deep.equal([32, 32]);
    const visible = everyPixel(icon).filter(({ rgba }) => rgba[3] !== 0);
    expect(visible.length).to.be.within(100, 700);
    for (const { rgba } of visible) expect(rgba.slice(0, 3)).to.deep.equal([255, 255, 255]);
  });
});

describe('npm run package', () => {
  it('puts the filled manifest, the English file and both icons at the root of the zip', async () => {
    const content = unzipSync(await buildPackage(sampleValues));
    expect(Object.keys(content)).to.have.members(['manifest.json', 'en.json', 'color.png', 'outline.png']);
    const packed = strFromU8(content['manifest.json'] ?? new Uint8Array());
    expect(packed).to.not.contain('${{');
    expect(JSON.parse(packed)).to.deep.include({ id: sampleValues.TEAMS_APP_ID });
    expect(Buffer.from(content['color.png'] ?? []).equals(await readFile(source('color.png')))).to.equal(
      true,
    );
  });

  it('gives the same bytes for the same input', async () => {
    const [first, second] = [await buildPackage(sampleValues), await buildPackage(sampleValues)];
    expect(Buffer.compare(first, second)).to.equal(0);
  });

  it('has a sample value for every placeholder, and no other', async () => {
    const names = [...(await text('manifest.json')).matchAll(/\$\{\{(\w+)\}\}/g)].map(([, name]) => name);
    expect(Object.keys(sampleValues)).to.have.members(names);
  });

  it('names every missing value at once, an empty one among them', async () => {
    const values = { ...sampleValues, BOT_ID: undefined, DEVELOPER_NAME: ' ' };
    const error = await buildPackage(values).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(PackageError);
    expect((error as PackageError).message).to.equal(
      'The Teams app package was not made. Set these in the environment: DEVELOPER_NAME, BOT_ID. ' +
        'To look at a package with sample values: npm run package -- --local',
    );
  });

  it('refuses a value that breaks the schema, and says where', async () => {
    const error = await buildPackage({ ...sampleValues, BOT_ID: 'not-a-guid' }).catch(
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(PackageError);
    expect((error as PackageError).message).to.match(
      /manifest\.json breaks its schema: \/bots\/0\/botId must match/,
    );
  });

  it('keeps a quote or a dollar sign in a value as it is', async () => {
    const name = 'A "B" \\ $& $1';
    const content = unzipSync(await buildPackage({ ...sampleValues, DEVELOPER_NAME: name }));
    const packed = JSON.parse(strFromU8(content['manifest.json'] ?? new Uint8Array()));
    expect(packed.developer.name).to.equal(name);
  });
});
