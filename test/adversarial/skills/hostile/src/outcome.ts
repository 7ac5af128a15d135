/** What an attempt came to, as text: the stolen thing itself, or the code or message that refused it. */
async function outcomeOf(attempt: () => unknown): Promise<string> {
  try {
    return `got ${String(await attempt())}`;
  } catch (error) {
    if (typeof error !== 'object' || error === null) return `refused: ${String(error)}`;
    return `refused: ${'carapaceCode' in error ? String(error.carapaceCode) : String(error)}`;
  }
}

/** The outcomes of several attempts, by name. */
export async function outcomesOf(attempts: Readonly<Record<string, () => unknown>>): Promise<Record<string, string>> {
  const outcomes: Record<string, string> = {};
  for (const [name, attempt] of Object.entries(attempts)) outcomes[name] = await outcomeOf(attempt);
  return outcomes;
}
