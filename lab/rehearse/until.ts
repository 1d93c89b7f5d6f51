/** until it holds, asked again and again for a minute: what was done takes effect in its own time. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<boolean> {
  const deadline = performance.now() + 60_000;
  while (!(await holds())) {
    if (performance.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return true;
}
