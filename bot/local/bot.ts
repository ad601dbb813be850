/** `npm run bot`: the storage and the bot alone, for scripts. The bot's log, JSON lines, is the standard output. */
import { readSettings, startBackend } from './backend.ts';
import { openDataFolder } from './dataFolder.ts';
import { run } from './group.ts';
import { reserve } from './ports.ts';
import { readWorld } from './world.ts';

await run(async (group) => {
  const settings = readSettings();
  // The bot itself would answer people in safe mode; the one who starts it here is told what to mend.
  await readWorld(settings.worldFile);
  await reserve([settings.port]);
  await openDataFolder(settings.dataDir, false);
  await startBackend(group, settings, 'inherit');
});
