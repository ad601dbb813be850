/** `npm start`: the storage, the bot and three Playground clients, until Ctrl-C. `-- --fresh` begins anew. */
import { openSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalConfig } from '../config.ts';
import { readSettings, startBackend } from './backend.ts';
import { addressOf, startClients, tellWhere } from './clients.ts';
import { openDataFolder } from './dataFolder.ts';
import { LocalError, run } from './group.ts';
import { reserve } from './ports.ts';
import { readWorld, type World } from './world.ts';

await run(async (group) => {
  const [unknown] = process.argv.slice(2).filter((arg) => arg !== '--fresh');
  if (unknown) throw new LocalError(`npm start does not know ${unknown}; it knows -- --fresh.`);
  const settings = readSettings();
  const { port, dataDir, worldFile } = settings;
  const world = await readWorld(worldFile);
  await reserve([port, ...world.clients.map((client) => client.port)]);
  await openDataFolder(dataDir, process.argv.includes('--fresh'));

  const logFile = join(dataDir, 'bot.log');
  const log = openSync(logFile, 'a');
  await Promise.all([
    startClients(group, world, join(dataDir, 'clients'), port),
    startBackend(group, settings, log).then(() =>
      group.answers('The bot', `http://127.0.0.1:${port}/readyz`, (status) => status === 200),
    ),
  ]);
  await tellWhere(world);
  process.stdout.write(welcome(world, settings, logFile));
});

function welcome(world: World, { dataDir, port }: LocalConfig, logFile: string): string {
  const who = (client: World['clients'][number]) => {
    const person = world.people.find(({ oid }) => oid === client.person);
    return `${person?.name} (${person?.roles[0]})`;
  };
  const channel = world.team.channels.find(({ id }) => id === world.triageChannel)?.name ?? '';
  const windows = world.clients.map(
    (client) => `  ${addressOf(client)}  ${who(client)}${client.team ? `, with the channel ${channel}` : ''}`,
  );
  const phone =
    world.paging?.by === 'localPhone'
      ? `Alarms go to phones too. What they would get stands here: http://127.0.0.1:${port}/local/phone\n`
      : '';
  return `
${world.bot.name} is running. Open each of these in a browser:

${windows.join('\n')}

Try this:
  1. First window: write "rapportera", answer the two questions and send.
  2. Second window: the alarm is there. Press "Jag tar det", then "Jag har fått tag på personen".
  3. First window: the confirmation now says who has it.
  4. Third window, channel ${channel}: take the case, assess it, write a note, close it.
  5. First window: write "akut" and press "Larma nu".
  6. First window: write "hot på telefon", "telefonlista", "checklistor" or "samtalskort".

The clock can be moved forward, to see what happens when nobody answers: http://127.0.0.1:${port}/local/clock
${phone}Reports are kept in ${dataDir} until "npm start -- --fresh"; what a window shows is gone when it is reloaded.
The log of the bot: ${logFile}. Stop with Ctrl-C.
`;
}
