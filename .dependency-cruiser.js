/** The directions of ARCHITECTURE.md; `npm run lint:layers` holds the code to them. */
const only = (name, from, to) => ({ name, severity: "error", from, to });

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    only("no cycles but of types", {}, { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } }),
    only(
      "config is pure",
      { path: "^config/" },
      {
        pathNot: "^(config/|versions\\.ts$|node_modules/zod|(node:)?crypto$)",
        dependencyTypesNot: ["type-only"],
      },
    ),
    only(
      "cloud-init is pure",
      { path: "^cloud-init/" },
      {
        path: "^(main|stacks|constructs|kubernetes|edge|placement|topology|cli|lab|load-cluster)|node_modules/(cdktf|constructs|@cdktf)|^\\.gen/",
      },
    ),
    only(
      "kubernetes is pure",
      { path: "^kubernetes/" },
      { pathNot: "^(kubernetes/|config/|versions\\.ts$|node_modules/yaml|(node:)?crypto$)" },
    ),
    only("edge is pure", { path: "^edge/" }, { pathNot: "^(edge/|config/)" }),
    only("reference is pure", { path: "^reference/" }, { pathNot: "^(reference/|config/|node_modules/zod)" }),
    only("placement is pure", { path: "^placement/" }, { pathNot: "^(placement/|config/)" }),
    only("topology is pure", { path: "^topology/" }, { pathNot: "^(topology/|config/|node_modules/zod)" }),
    only(
      "a review reads plans, never the model",
      { path: "^review/" },
      { pathNot: "^(review/|node_modules/zod)" },
    ),
    only(
      "a trace reads objects, never the model",
      { path: "^trace/" },
      { pathNot: "^(trace/|node_modules/zod)" },
    ),
    only(
      "cdktf stays in its layers",
      { pathNot: "^(main\\.ts|stacks/|constructs/|\\.gen/|__tests__/|node_modules/)" },
      { path: "node_modules/(cdktf|@cdktf/provider-(?!generator)[^/]*)/|^\\.gen/" },
    ),
    only(
      "constructs do not look up",
      { path: "^constructs/" },
      { path: "^(main|stacks|cli|lab|load-cluster)" },
    ),
    only("stacks do not look up", { path: "^stacks/" }, { path: "^(main|cli|lab|load-cluster)" }),
    only(
      "the lab knows nothing of the program",
      { path: "^lab/" },
      {
        path: "^(main|stacks|constructs|cloud-init|kubernetes|edge|placement|topology|config|cli|load-cluster|versions)",
      },
    ),
    only("nothing imports tests", { pathNot: "^__tests__/" }, { path: "^__tests__/" }),
  ],
  options: {
    doNotFollow: { path: "node_modules|\\.gen" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { extensions: [".ts", ".js"] },
  },
};
