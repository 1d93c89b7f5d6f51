/** groups of commands in `./slipway --help`, in the order of an operator's work. */
export const groups = {
  write: "Write the cluster file:",
  look: "Look at what it says:",
  change: "Change what runs:",
  rehearse: "Rehearse without hardware:",
  shell: "In your shell:",
} as const;

export type Group = keyof typeof groups;
