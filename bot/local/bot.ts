/** `npm run bot`: the storage and the bot alone, for scripts. The bot's log, JSON lines, is the standard output. */
import { readSettings, startBackend } from './backend.ts';
import { openDataFolder } from './dataFolder.ts';
import { run } from './group.ts';
import { checkFree } from './ports.ts';

await run(async (group) => {
  const settings = readSettings();
  await checkFree([settings.port]);
  await openDataFolder(settings.dataDir, false);
  await startBackend(group, settings, 'inherit');
});
