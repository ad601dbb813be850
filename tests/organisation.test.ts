/** The organisation file: the same rules as the world file, without its people. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readOrganisation } from '../bot/organisation.ts';

const group = (n: number) => `00000000-0000-4000-8000-0000000001${String(n).padStart(2, '0')}`;

describe('the organisation file', () => {
  let folder: string;
  let world: Record<string, unknown>;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'organisation-'));
    world = JSON.parse(await readFile(new URL('../bot/local/world.json', import.meta.url), 'utf8'));
  });
  after(() => rm(folder, { recursive: true }));

  const entra = { groups: { dutyOfficer: group(1), coordinator: group(2), elected: group(3) } };
  async function read(changes: object) {
    const path = join(folder, 'organisation.json');
    const { people: _people, clients: _clients, ...rest } = world;
    await writeFile(path, JSON.stringify({ ...rest, entra, ...changes }));
    return readOrganisation(path);
  }
  const complaint = (changes: object) =>
    read(changes).then(
      () => 'none',
      (error: Error) => `${error.name}: ${error.message}`,
    );

  it('is read without people; whom the rota names is for readiness to look at', async () => {
    const { entra: read_, rota, triageRoles } = await read({ triageRoles: undefined });
    expect(read_).to.deep.equal({ ...entra, guests: false, refreshMinutes: 5 });
    expect(rota).to.have.length(2);
    expect(triageRoles).to.deep.equal(['coordinator']);
  });

  for (const [title, changes, said] of [
    ['no groups at all', { entra: undefined }, 'entra: '],
    ['no group for the duty officers', { entra: { groups: { coordinator: group(2) } } }, 'entra.groups: '],
    ['a group that is no id', { entra: { groups: { ...entra.groups, hr: 'HR' } } }, 'entra.groups.hr: '],
    ['a role that is none', { entra: { groups: { ...entra.groups, boss: group(4) } } }, 'entra.groups'],
    ['no tenant', { tenantId: undefined }, 'tenantId: '],
    ['a channel where nobody may be', { triageRoles: [] }, 'triageRoles: '],
    [
      'shifts that overlap',
      {
        rota: [0, 1].map(() => ({ from: '2026-11-01T08:00', to: '2026-11-02T08:00', dutyOfficer: group(9) })),
      },
      'rota.1: overlaps rota.0',
    ],
  ] as const) {
    it(`names ${title}`, async () => {
      const message = await complaint(changes);
      expect(message).to.match(/^OrganisationError: The organisation file .*organisation\.json is wrong: /);
      expect(message).to.include(said);
    });
  }
});
