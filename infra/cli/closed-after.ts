/** Uses what is open for as long as a command takes, and closes it whatever comes of it. */
export async function closedAfter<Open extends { close(): Promise<void> }, Outcome>(
  open: Open,
  use: (open: Open) => Promise<Outcome>,
): Promise<Outcome> {
  try {
    return await use(open);
  } finally {
    await open.close();
  }
}
