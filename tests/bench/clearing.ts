/** Loaded into a storage before it starts (Node with `--expose-gc`): it clears away what is left over when it is told to. */
process.on('message', () => {
  globalThis.gc?.();
  process.send?.('cleared');
});
// It ends when it has been told to, as if nobody could tell it to clear away.
process.channel?.unref();
