import { ManifestGroup } from "./manifest-group";

/** How the nodes of one role come to the version of the file: a Plan of system-upgrade-controller. */
export class UpgradePlan extends ManifestGroup {}
