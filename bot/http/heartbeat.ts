/** @returns whether the one who watches from outside has heard it: within 3 s, at this very address */
export async function sendHeartbeat(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(3_000) });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}
