/** durationOf milliseconds as Gateway API and Go both read it: `1m30s` is `90s`, one and a half seconds `1s500ms`. */
export function durationOf(milliseconds: number): string {
  const [seconds, rest] = [Math.floor(milliseconds / 1000), milliseconds % 1000];
  if (rest === 0) return `${seconds}s`;
  return seconds === 0 ? `${rest}ms` : `${seconds}s${rest}ms`;
}
