import "../main";

process.on("exit", () => {
  process.stdout.write(`maxRSS ${process.resourceUsage().maxRSS}\n`);
});
