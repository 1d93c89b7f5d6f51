import { home } from "../home";

export default {
  ...home,
  state: { s3: { bucket: "states", region: "eu-central-1", accessKey: "AKIAIOSFODNN7EXAMPLE" } },
};
