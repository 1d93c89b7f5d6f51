/** until it holds, asked again and again for that long: what was done takes effect in its own time. */
export async function until(holds: () => boolean | Promise<boolean>, seconds = 60): Promise<boolean> {
  const deadline = performance.now() + seconds * 1000;
  while (!(await holds())) {
    if (performance.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return true;
}
